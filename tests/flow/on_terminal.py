"""Runs a command with standard error on a terminal of its own; prints the milliseconds it took,
then what it wrote there; ends with its exit status."""
import os
import pty
import subprocess
import sys
import time

master, slave = pty.openpty()
began = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                         stderr=slave)
os.close(slave)
written = b""
while True:
    try:
        part = os.read(master, 65536)
    except OSError:  # the terminal's other end is closed
        break
    if not part:
        break
    written += part
status = child.wait()
print(int((time.monotonic() - began) * 1000), "ms", flush=True)
sys.stdout.buffer.write(written)
sys.exit(status)
