"""Which line of a submission takes a tensor off its input's device or dtype, and what to write instead."""
