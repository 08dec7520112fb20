"""Why a case fails: known mistakes, devices and dtypes, versions of libraries, sandbox rules."""
