#!/usr/bin/env python3
"""Writes a C source that holds files as bytes:  embed.py OUT.c SYMBOL HEADER FILE...

SYMBOL becomes `const struct embed_file SYMBOL[]`, sorted by name, and `SYMBOL_n`, both
declared by HEADER.
"""
import os
import sys


def literal(data):
    """The bytes as C string literals of one source line each."""
    plain = {c: chr(c) for c in range(32, 127) if chr(c) not in '"\\?'}
    lines = []
    for line in data.splitlines(keepends=True):
        lines.append('\t"' + ''.join(plain.get(c, f'\\{c:03o}') for c in line) + '"\n')
    return ''.join(lines) or '\t""\n'


def main(out, symbol, header, *paths):
    names = sorted(paths, key=os.path.basename)
    with open(out, 'w', encoding='ascii') as c:
        c.write('/* Made by tools/embed.py; not to be edited. */\n')
        c.write(f'#include "{header}"\n\n')
        for i, path in enumerate(names):
            with open(path, 'rb') as f:
                c.write(f'static const char file_{i}[] =\n{literal(f.read())}\t;\n\n')
        c.write(f'const struct embed_file {symbol}[] = {{\n')
        for i, path in enumerate(names):
            c.write(f'\t{{"{os.path.basename(path)}", {{file_{i}, sizeof(file_{i}) - 1}}}},\n')
        c.write(f'}};\nconst size_t {symbol}_n = {len(names)};\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
