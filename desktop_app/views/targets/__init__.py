"""目标任务: what was promised, how far it is, where documents contradict each other."""
