"""How platforms arrange the files of a download, one module per platform."""
