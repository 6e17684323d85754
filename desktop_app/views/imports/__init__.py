"""数据导入: put files in, look at how they read, say what needs saying, store; and the history of all imports."""
