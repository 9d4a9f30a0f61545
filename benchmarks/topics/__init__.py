"""Training and measuring of the labeller."""

import os

# One thread before NumPy is imported: sums in another order would round otherwise, and a model
# has to come out the same bit for bit.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
