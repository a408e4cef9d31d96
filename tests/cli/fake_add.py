"""The command with a stand-in for the network; see tests/fake_engine.py for what texts make it do."""

from __future__ import annotations

if __name__ == "__main__":
    import onrecord.cli.add
    from onrecord.cli.main import main
    from tests.fake_engine import read

    onrecord.cli.add.engine = read
    main()
