"""Numbers shown otherwise than they are, in place of gaps: rounded, as midpoints of bands, with noise by cell keys."""
