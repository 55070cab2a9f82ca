"""MEMB to 1 ms with scipy's solve_ivp(method="BDF"): what somebody would write in Python with care.

State: the concentrations only (768 numbers), Poisson eliminated. The Jacobian is dense and analytic, and the LU is LAPACK's:
scipy's own finite differences (--jacobian numeric) take longer. Tolerances as the program's: rtol (|c| + 0.1 mM).

    python3 memb_bdf.py [--rtol 1e-3] [--end 1e-3] [--jacobian analytic|numeric] [--rounds 3] [--threads 1]

Prints one JSON object; wallTime is the median over the rounds of solve_ivp alone. Exit code 3 without numpy and scipy.
"""
import argparse
import json
import os
import sys
import time


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rtol", type=float, default=1e-3)
    parser.add_argument("--end", type=float, default=1e-3)
    parser.add_argument("--jacobian", choices=["analytic", "numeric"], default="analytic")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1, help="of BLAS")
    parser.add_argument("--permittivity", type=float, default=74.0, help="of the water")
    return parser.parse_args()


def blas():
    """Which BLAS is loaded: the reference one of a distribution is several times slower than OpenBLAS."""
    try:
        with open("/proc/self/maps") as maps:
            text = maps.read().lower()
    except OSError:
        return "unknown"
    return next((name for name in ("openblas", "mkl", "blis", "atlas") if name in text), "reference")


def right_hand_side(memb, np):
    def f(_, y):
        c = y.reshape(3, memb.n)
        J = memb.flux(c, memb.drops(c))
        return ((J[:, :-1] - J[:, 1:]) / memb.sizes).ravel()
    return f


def jacobian(memb, valence, np):
    """df/dc at constant drops (tridiagonal per species) plus df/ddrop times ddrop/dc (dense: every charge moves every drop)."""
    n = memb.n
    upstream = np.zeros((n + 1, n))  # dq_f/dc_j over z: the charge to the left of a face
    for j in range(n):
        upstream[j + 1:, j] = memb.sizes[j]
    response = memb.b[:, None] * (upstream - (memb.b @ upstream) / memb.b.sum())
    index = np.arange(n)

    def df(_, y):
        c = y.reshape(3, n)
        left, right, by_drop = memb.derivatives(c, memb.drops(c))
        full = np.empty((3, n, 3, n))
        for i in range(3):
            coupling = by_drop[i][:, None] * response
            coupling = (coupling[:-1] - coupling[1:]) / memb.sizes[:, None]
            for k in range(3):
                np.multiply(coupling, valence[k], out=full[i, :, k, :])
            own = full[i, :, i, :]
            own[index, index] -= (right[i, :-1] + left[i, 1:]) / memb.sizes
            own[index[1:], index[:-1]] += left[i, 1:-1] / memb.sizes[1:]
            own[index[:-1], index[1:]] += right[i, 1:-1] / memb.sizes[:-1]
        return full.reshape(3 * n, 3 * n)
    return df


def main():
    options = arguments()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(options.threads)  # before numpy is loaded
    try:
        import numpy as np
        import scipy
        from scipy.integrate import solve_ivp
        from memb import VALENCE, Memb
    except ImportError as missing:
        print(f"skipped: {missing}", file=sys.stderr)
        return 3
    memb = Memb(options.permittivity)
    f = right_hand_side(memb, np)
    df = jacobian(memb, VALENCE, np) if options.jacobian == "analytic" else None
    start = memb.initial().ravel()
    times = []
    for _ in range(options.rounds):
        begin = time.perf_counter()
        solution = solve_ivp(f, (0.0, options.end), start, method="BDF", jac=df, rtol=options.rtol, atol=0.1 * options.rtol)
        times.append(time.perf_counter() - begin)
        if not solution.success:
            print(solution.message, file=sys.stderr)
            return 4
    end = solution.y[:, -1].reshape(3, memb.n)
    print(json.dumps({
        "wallTime": sorted(times)[len(times) // 2], "wallTimes": times, "steps": len(solution.t) - 1, "rhs": solution.nfev,
        "jacobians": solution.njev, "factorisations": solution.nlu, "currentDensity": memb.total_current(end),
        "relativeTolerance": options.rtol, "end": options.end, "jacobian": options.jacobian, "threads": options.threads,
        "scipy": scipy.__version__, "numpy": np.__version__, "blas": blas(), "concentration": end.tolist()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
