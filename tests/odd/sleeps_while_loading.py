"""Never finishes loading."""

import torch


import time

time.sleep(1000)
