# SPDX-License-Identifier: ISC
"""Deadline words and clocks against the second implementation in Python."""
import os
import subprocess
import sys

import pytest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
BUILD = os.environ.get('NUDGED_BUILD', os.path.join(ROOT, 'build'))
CLI = os.path.join(BUILD, 'tests', 'words_cli')


@pytest.mark.skipif(not os.path.exists(CLI), reason='words_cli is not built')
@pytest.mark.parametrize('seed', [11, 12, 13])
def test_words_oracle__random_cases__agree(seed):
    run = subprocess.run([sys.executable, os.path.join(ROOT, 'tests', 'oracle', 'words_oracle.py'), '--cli', CLI,
                          '--cases', '6000', '--seed', str(seed)], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert '6000 cases, 0 differ' in run.stdout
