"""The commands of an instructor: new, check, release, pack and site."""
