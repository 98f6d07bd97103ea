"""Series: many workspaces, each in many layouts, scripts and variants, built by one command on the
cores of this machine or on a cluster. A job is a function of a packed workspace; it gives files and
findings."""
