"""The instructor's commands: new, check, release, pack and site."""
