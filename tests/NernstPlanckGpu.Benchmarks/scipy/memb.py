"""MEMB (configs/bench/memb.json) in finite volumes, for the scipy comparisons.

The same equations as the program's, written anew in numpy: Scharfetter-Gummel fluxes, series halves where D, W or eps
jumps (kernels/NernstPlanckGpu.Formulas/InterfaceFlux.cs), bath values on the two end faces. The numbers are those of
configs/bench/memb.json in SI; Discretisation/GridBuilder.cs gives the grid.
"""
import numpy as np

F, R, EPS0 = 96485.33212, 8.314462618, 8.8541878128e-12  # CODATA 2018

TEMPERATURE = 310.15
VALENCE = np.array([1.0, 1.0, -1.0])  # K, Na, Cl
DIFFUSIVITY = np.array([1.957e-9, 1.334e-9, 2.032e-9])
INSIDE = np.array([140.0, 10.0, 150.0])
OUTSIDE = np.array([5.0, 145.0, 150.0])
LENGTHS = (30e-9, 4e-9, 30e-9)
PERMITTIVITY_MEMBRANE = 2.0
MEMBRANE_FACTOR = 1e-4
BARRIER = 10e3  # J/mol
POTENTIAL = -0.07  # left (inside) minus right


def bernoulli(x):
    """B(x) = x/(e^x - 1) for x >= 0."""
    x = np.maximum(x, 1e-300)
    return x / np.expm1(x)


def bernoulli_derivative(x, b):
    """B'(x) = B (1 - B e^x) / x for x >= 0, with b = B(x); the series -1/2 + x/6 near 0."""
    far = np.maximum(x, 1e-4)
    return np.where(x < 1e-4, -0.5 + x / 6, b * (1 - b - far) / far)  # B(x) e^x = B(x) + x


def geometric_faces(length, cells, first, refinement):
    """Faces from 0 to `length`: cells grow geometrically from `first`; bisection as in GridBuilder.GrowthFor.

    Refined grids take more points of the same smooth map, so that errors have a clean expansion in the cell size.
    """
    low, high = 1.0, 2.0
    exponents = np.arange(cells)
    while high - low > 1e-15:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        low, high = (middle, high) if first * np.sum(middle**exponents) < length else (low, middle)
    growth = np.log(0.5 * (low + high))
    at = np.arange(cells * refinement + 1) / refinement
    return length * np.expm1(growth * at) / np.expm1(growth * cells)


def grid(refinement=1):
    """Faces and region of each cell: 108 + 40 + 108 cells times the refinement."""
    outer = np.diff(geometric_faces(LENGTHS[0], 108, 0.1e-9, refinement))
    sizes = np.concatenate([outer[::-1], np.full(40 * refinement, LENGTHS[1] / (40 * refinement)), outer])
    faces = np.concatenate([[0.0], np.cumsum(sizes)])
    return faces, np.repeat([0, 1, 2], np.array([108, 40, 108]) * refinement)


class Memb:
    """Fluxes and their derivatives. Concentrations are arrays of 3 x n; drops of F phi/RT are left minus right, per face."""

    def __init__(self, permittivity=74.0, refinement=1):
        self.faces, region = grid(refinement)
        self.sizes = np.diff(self.faces)
        self.n = n = len(self.sizes)
        self.thermal = R * TEMPERATURE / F
        eps = np.where(region == 1, PERMITTIVITY_MEMBRANE, permittivity)
        half = self.sizes / 2
        resistance = F / self.thermal / EPS0 * half / eps  # of each half cell; drop = resistance * D/F
        self.b = np.concatenate([[resistance[0]], resistance[:-1] + resistance[1:], [resistance[-1]]])
        factor = np.where(region == 1, MEMBRANE_FACTOR, 1.0)
        h = np.concatenate([[half[0]], half[:-1] + half[1:], [half[-1]]])
        cell_of_face = np.minimum(np.arange(n + 1), n - 1)
        self.K = DIFFUSIVITY[:, None] * (factor[cell_of_face] / h)
        # The two interfaces: rows left and right halves.
        self.jumps = np.flatnonzero(np.diff(region)) + 1
        left, right = self.jumps - 1, self.jumps
        self.jump_b = resistance[left], resistance[right]
        self.jump_K = (DIFFUSIVITY[:, None] * (factor / half)[left], DIFFUSIVITY[:, None] * (factor / half)[right])
        barrier = np.where(region == 1, BARRIER, 0.0) / (R * TEMPERATURE)
        self.partition = np.exp(-0.5 * (barrier[right] - barrier[left]))
        self.region, self.barrier = region, barrier

    def initial(self):
        """Baths; in the membrane the linear blend of the two times e^(-W/RT)."""
        centres = 0.5 * (self.faces[:-1] + self.faces[1:])
        blend = np.clip((centres - LENGTHS[0]) / LENGTHS[1], 0, 1)
        return (INSIDE[:, None] + (OUTSIDE - INSIDE)[:, None] * blend) * np.exp(-self.barrier)

    def drops(self, c):
        """F (phi_left - phi_right)/RT per face, by Gauss's law summed from the left end and clamped to POTENTIAL.

        In one dimension this is the tridiagonal Poisson solve: D_f = D_0 + F sum z c h, and D_0 follows from the clamp.
        """
        q = np.concatenate([[0.0], np.cumsum(self.sizes * (VALENCE @ c))])
        clamp = (POTENTIAL / self.thermal - self.b @ q) / self.b.sum()
        return self.b * (q + clamp)

    def flux(self, c, drop):
        """J per species and face, mol/(m^2 s)."""
        padded = np.concatenate([INSIDE[:, None], c, OUTSIDE[:, None]], axis=1)
        cl, cr = padded[:, :-1], padded[:, 1:]
        magnitude = np.abs(drop)  # |z| = 1 for all
        u = -VALENCE[:, None] * drop
        J = self.K * (bernoulli(magnitude) * (cl - cr) - u * np.where(u > 0, cr, cl))
        left, right = self.jump_coefficients(drop)
        J[:, self.jumps] = left * cl[:, self.jumps] - right * cr[:, self.jumps]
        return J

    def jump_coefficients(self, drop):
        """Coefficients of c_L and c_R at the interfaces, per species; the formula of InterfaceFlux.cs."""
        at = drop[self.jumps] / self.b[self.jumps]
        signed = -VALENCE[:, None]
        ul, ur = signed * (at * self.jump_b[0]), signed * (at * self.jump_b[1])
        bl, br = bernoulli(np.abs(ul)), bernoulli(np.abs(ur))
        fl, fr = bl + np.maximum(-ul, 0), br + np.maximum(-ur, 0)
        gl, gr = bl + np.maximum(ul, 0), br + np.maximum(ur, 0)
        kl, kr = self.jump_K
        p = self.partition
        scale = kl * kr / (kl / p * gl + kr * p * fr)
        return scale * p * fl * fr, scale / p * gl * gr

    def derivatives(self, c, drop):
        """dJ/dc_L, -dJ/dc_R and dJ/ddrop, per species and face."""
        padded = np.concatenate([INSIDE[:, None], c, OUTSIDE[:, None]], axis=1)
        cl, cr = padded[:, :-1], padded[:, 1:]
        magnitude = np.abs(drop)
        u = -VALENCE[:, None] * drop
        b = bernoulli(magnitude)
        left, right = self.K * (b + np.maximum(-u, 0)), self.K * (b + np.maximum(u, 0))
        slope = bernoulli_derivative(magnitude, b) * np.sign(drop)
        by_drop = self.K * (slope * (cl - cr) + VALENCE[:, None] * np.where(u > 0, cr, cl))
        j = self.jumps
        left[:, j], right[:, j] = self.jump_coefficients(drop)
        step = 1e-6  # of a drop of order 0.1: central, error 1e-12
        for sign in (1, -1):
            moved = drop.copy()
            moved[j] += sign * step
            ml, mr = self.jump_coefficients(moved)
            value = sign * (ml * cl[:, j] - mr * cr[:, j]) / (2 * step)
            by_drop[:, j] = value if sign == 1 else by_drop[:, j] + value
        return left, right, by_drop

    def total_current(self, c):
        """Ionic plus displacement current at constant clamp, A/m^2, the same at every face: sum b F sum z J / sum b."""
        J = self.flux(c, self.drops(c))
        return F * (self.b @ (VALENCE @ J)) / self.b.sum()
