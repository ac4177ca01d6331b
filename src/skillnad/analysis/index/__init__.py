"""The bit matrix: every coded value of a population as bits over rows sorted by unit, and the kernels that count them.

| module | holds |
|---|---|
| layout | which column stands in which planes, and where each unit's rows are |
| unpacking | numbers and headers of Parquet's pages (compiled) |
| pages | multi-selects from a Parquet file's pages |
| reading | columns of a population's Parquet files, some rows at a time |
| packing | rows to planes (compiled) |
| lanes | which columns are packed together, and how each kind is |
| building | rows to an index, by two threads |
| file | an index on disk: written, checked, memory-mapped |
| opening | the index of a snapshot's population, wherever it is |
| kernels | population counts (compiled) |
| parts | units' words shared out over threads or partitions |
| masks | conditions on a column as one bit a row |
| pairs | every pair of columns by unit in one pass |
| cells | tables of any number of single-valued axes |
| lengths | how many days rows have lasted, cell by cell |

What is counted here is raw: it is for `analysis` alone, as a RawTable is.
"""
