# All targets are thin over packaging/bootstrap.py, which also runs where there is no make (Windows).
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) packaging/bootstrap.py

.PHONY: run setup test check bench shots clean

run setup test check bench shots:
	@$(BOOTSTRAP) $@ $(ARGS)

# Leaves .venv: `rm -r .venv` makes the next command set up from nothing.
clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
