"""Runs checks, and tells of each; used by the scripts of this folder."""


import time


def run_checks(checks):
    """Runs pairs of a title and a function. Prints a line for each, then how many passed; gives the exit status."""
    failed = 0
    for title, check in checks:
        start = time.monotonic()
        try:
            check()
            seconds = time.monotonic() - start
            print(f"ok      {title}" + (f" ({seconds:.1f} s)" if seconds > 1 else ""), flush=True)
        except Exception as error:
            failed += 1
            print(f"FAILED  {title}: {type(error).__name__}: {str(error)[:2000]}", flush=True)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0
