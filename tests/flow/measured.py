"""measured.py SECONDS COMMAND…: runs a command quietly; prints its exit status (or "late"), the most
memory of any one of its processes in MiB, and its CPU seconds; leaves its messages in $MEASURED_ERR
and its output in $MEASURED_OUT when these are set."""
import os
import resource
import subprocess
import sys


def place(name):
    return open(os.environ.get(name, os.devnull), "wb")


limit = float(sys.argv[1])
with place("MEASURED_OUT") as out, place("MEASURED_ERR") as err:
    child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                             start_new_session=True)
    try:
        status = child.wait(limit)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, 9)
        child.wait()
        status = "late"
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, used.ru_maxrss // 1024, round(used.ru_utime + used.ru_stime, 2))
