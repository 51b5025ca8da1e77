"""json_valid.py SCHEMA FILE…: validates JSON files; a line for each fault; exits 1 if there is any."""
import json
import sys

import jsonschema


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    bad = 0
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as f:
            value = json.load(f)
        for fault in validator.iter_errors(value):
            bad = 1
            print(f"{name}: {fault.json_path}: {fault.message[:200]}")
    return bad


sys.exit(main())
