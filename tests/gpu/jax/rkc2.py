#!/usr/bin/env python3
"""The explicit step in JAX, as a measure of the ILGPU kernels: jit, vmap over problems, lax loops over steps and stages, double precision.

    python3 rkc2.py FILE [PROBLEMS [STEPS]]     times PROBLEMS copies over STEPS on JAX's device
    python3 rkc2.py --numpy FILE                the same functions with NumPy in JAX's place: checks, times nothing

FILE comes from "NernstPlanckGpu.Benchmarks gpu-problem FILE" (its layout is described there), with what the CPU engine reaches by the file's own
steps; that is compared first. Exit code 1: concentrations differ by more than 1e-9; 6: no JAX.
"""
import sys
import time

import numpy

USE_NUMPY = "--numpy" in sys.argv
if USE_NUMPY:
    xp = numpy

    def loop(first, end, body, state):
        for i in range(first, end):
            state = body(i, state)
        return state

    def put(array, index, values):
        array = array.copy()
        array[:, index] = values
        return array
else:
    try:
        import jax
    except ImportError:
        print("JAX is not installed here")
        sys.exit(6)
    jax.config.update("jax_enable_x64", True)
    import jax.numpy as xp

    loop = jax.lax.fori_loop

    def put(array, index, values):
        return array.at[:, index].set(values)


def read(path):
    """The file's header, and a dictionary of arrays with the problems along the first axis."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:8] != b"NPGRKC02":
        sys.exit(f"{path} is no problem file")
    problems, n, s, faces, steps, stages, _, _ = (int(value) for value in numpy.frombuffer(data, "<i4", 8, 8))
    values = numpy.frombuffer(data, "<f8", offset=40)
    head = {"step": values[0], "z": values[1:1 + s], "faces": values[1 + s:1 + s + faces].astype(int), "steps": steps, "stages": stages, "problems": problems}
    rows = values[1 + s + faces:].reshape(problems, -1)
    shapes = [("voltage", ()), ("inverse_weight", ()), ("b", (n + 1,)), ("inverse_volume", (n + 2,)), ("k", (s, n + 1)), ("q", (n + 1,)), ("c", (s, n + 2)),
              ("interfaces", (faces, 2 + 3 * s)), ("expected", (s, n + 2))]
    arrays, at = {}, 0
    for name, shape in shapes:
        size = int(numpy.prod(shape))
        arrays[name] = rows[:, at:at + size].reshape((problems, *shape))
        at += size
    assert at == rows.shape[1], "the file's rows have another length than their parts"
    return head, arrays


def stage_table(stages, step):
    """rest, mu, nu, mu~ h, gamma~ h of the stages 1 ... s (Sommeijer, Shampine, Verwer 1998, eqs. 2.2 to 2.6, damping 2)."""
    if stages == 1:
        return numpy.array([[0, 1, 0, step, 0]])
    w0 = 1 + 2 / stages**2
    value, slope, curve = [1.0, w0], [0.0, 1.0], [0.0, 0.0]
    for _ in range(2, stages + 1):
        curve.append(2 * (2 * slope[-1] + w0 * curve[-1]) - curve[-2])
        slope.append(2 * (value[-1] + w0 * slope[-1]) - slope[-2])
        value.append(2 * w0 * value[-1] - value[-2])
    w1 = slope[-1] / curve[-1]
    b = [1 / (4 * w0 * w0)] * 2 + [curve[j] / slope[j]**2 for j in range(2, stages + 1)]
    rows = [[0, 1, 0, b[1] * w1 * step, 0]]
    for j in range(2, stages + 1):
        mu, nu, increment = 2 * w0 * b[j] / b[j - 1], -b[j] / b[j - 2], 2 * w1 * b[j] / b[j - 1] * step
        rows.append([1 - mu - nu, mu, nu, increment, -(1 - b[j - 1] * value[j - 1]) * increment])
    return numpy.array(rows)


def bernoulli(x):
    """B(|x|)."""
    a = xp.clip(abs(x), 1e-300, 700.0)
    return a / xp.expm1(a)


def interface_fluxes(z, record, charge, left, right):
    """Fluxes [species, interface]: two half cells in series with the partition between them."""
    halves = record[:, 2:].reshape(len(record), -1, 3)
    kl, kr, e = halves[:, :, 0].T, halves[:, :, 1].T, halves[:, :, 2].T
    ul, ur = -z[:, None] * (record[:, 0] * charge), -z[:, None] * (record[:, 1] * charge)
    ml, mr = bernoulli(ul), bernoulli(ur)
    fl, fr, bl, br = ml + xp.maximum(-ul, 0), mr + xp.maximum(-ur, 0), ml + xp.maximum(ul, 0), mr + xp.maximum(ur, 0)
    scale = kl * kr / xp.where(kl * kr > 0, kl / e * bl + kr * e * fr, 1.0)
    return scale * (e * fl * fr * left - bl * br / e * right)


def rate(z, faces, p, c, q):
    """dc/dt and dq/dt of one problem."""
    charge = q + (p["voltage"] - xp.sum(p["b"] * q)) * p["inverse_weight"]
    drive = z[:, None] * (p["b"] * charge)
    left, right = c[:, :-1], c[:, 1:]
    # Every |z| is 1 in MEMB, so that one Bernoulli function serves all species.
    b = bernoulli(p["b"] * charge) if (abs(z) == 1).all() else bernoulli(drive)
    flux = p["k"] * (b * (left - right) + drive * xp.where(drive < 0, right, left))
    flux = put(flux, faces, interface_fluxes(z, p["interfaces"], charge[faces], left[:, faces], right[:, faces]))
    inner = (flux[:, :-1] - flux[:, 1:]) * p["inverse_volume"][1:-1]
    edge = xp.zeros((len(z), 1))
    return xp.concatenate([edge, inner, edge], axis=1), -(z @ flux)


def run(head, table, p, steps):
    """Concentrations of one problem after some steps."""
    z, faces, stages, table = head["z"], head["faces"], head["stages"], xp.asarray(table)

    def one_step(_, state):
        c, q = state
        fc, fq = rate(z, faces, p, c, q)
        first = (c + table[0, 3] * fc, q + table[0, 3] * fq)
        if stages == 1:
            return first

        def one_stage(j, pair):
            (c1, q1), (c2, q2) = pair
            rest, mu, nu, increment, start = table[j]
            gc, gq = rate(z, faces, p, c1, q1)
            return ((mu * c1 + nu * c2 + rest * c + increment * gc + start * fc, mu * q1 + nu * q2 + rest * q + increment * gq + start * fq), (c1, q1))

        return loop(1, stages, one_stage, (first, (c, q)))[0]

    return loop(0, steps, one_step, (p["c"], p["q"]))[0]


def main():
    words = [word for word in sys.argv[1:] if word != "--numpy"]
    if not words:
        sys.exit(__doc__)
    head, arrays = read(words[0])
    expected = arrays.pop("expected")
    table = stage_table(head["stages"], head["step"])
    if USE_NUMPY:
        got = numpy.array([run(head, table, {name: values[i] for name, values in arrays.items()}, head["steps"]) for i in range(head["problems"])])
    else:
        batched = jax.jit(jax.vmap(lambda p, steps: run(head, table, p, steps), in_axes=(0, None)))
        got = numpy.asarray(batched(arrays, head["steps"]))
    worst = numpy.max(abs(got - expected) / numpy.max(expected, axis=2, keepdims=True))
    print(f"checksum {got.sum():.12g}, expected {expected.sum():.12g}; largest difference {worst:.2e} of the species' largest")
    if not worst <= 1e-9:
        print("FAILED: the concentrations are not those of the CPU engine")
        return 1
    if USE_NUMPY:
        return 0
    count, steps = int(words[1]) if len(words) > 1 else 8192, int(words[2]) if len(words) > 2 else 20
    many = {name: xp.asarray(numpy.resize(values, (count, *values.shape[1:]))) for name, values in arrays.items()}
    batched(many, 1).block_until_ready()
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        batched(many, steps).block_until_ready()
        updates = count * steps * head["stages"] * (expected.shape[2] - 1) * expected.shape[1]
        best = max(best, updates / (time.perf_counter() - start))
    print(f"MEASURE\tJAX, {'euler' if head['stages'] == 1 else 'rkc2'}, MEMB x {count}\t{best:.4g}\tupdates/s\t{jax.devices()[0].device_kind}\tjax {jax.__version__}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
