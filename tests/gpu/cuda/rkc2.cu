// The explicit step by hand in CUDA C++, as the measure of the ILGPU kernels: a thread block per problem, a cell and the face on its right per
// thread, state in registers, neighbours through shared memory, fixed steps of explicit Euler or of Runge-Kutta-Chebyshev with a given number of
// stages, the voltage clamp closed by a block reduction in each stage. The formulas are those of kernels/NernstPlanckGpu.Formulas (Bernoulli,
// ScharfetterGummel, InterfaceFlux, Ampere, Chebyshev); step control, spectral bound and error estimate are left out.
//
//   nvcc -O3 -arch=sm_90 -DBLOCKS=2 -o rkc2 rkc2.cu       ./rkc2 FILE [PROBLEMS [STEPS]]; BLOCKS: problems at once on a multiprocessor, at least
//   g++ -O2 -x c++ -DHOST_EMULATION -o rkc2 rkc2.cu       the same source a block at a time on the CPU: checks, times nothing
//
// FILE comes from "NernstPlanckGpu.Benchmarks gpu-problem FILE", with what the CPU engine reaches: first the file's own steps are compared with
// that, then PROBLEMS copies are timed over STEPS. Exit code 1: concentrations differ by more than 1e-9.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#ifdef HOST_EMULATION
#define DEVICE inline
#define UNROLL
#else
#ifndef BLOCKS
#define BLOCKS 1
#endif
#define DEVICE __device__ __forceinline__
#define UNROLL _Pragma("unroll") // so that what is indexed by a species stays in registers
#define CHECK(call)                                                                                                \
    do {                                                                                                           \
        cudaError_t error_ = (call);                                                                               \
        if (error_ != cudaSuccess) std::printf("%s: %s\n", #call, cudaGetErrorString(error_)), std::exit(6);       \
    } while (0)
#endif

constexpr int kSpecies = 3, kMostStages = 1000, kMostWarps = 9, kRow = 32 * kMostWarps + 1; // at most 286 cells

// What the problems share.
struct Shape {
    int problems, cells, interfaces, steps, stages, record; // record: doubles per problem in the file, without the expected state
    double step, z[kSpecies];
    int face[8];
};

// Coefficients of stage j: Y_j = rest Y_0 + mu Y_(j-1) + nu Y_(j-2) + muT h F_(j-1) + gammaT h F_0; h is in the last two.
struct Stage { double rest, mu, nu, increment, start; };

#ifdef HOST_EMULATION
static Stage stageTable[kMostStages + 1];
#else
__constant__ Stage stageTable[kMostStages + 1];
#endif

// What one thread keeps in registers. Index 3 of the state is q = A D/F - Q of the face.
struct Cell {
    double y0[kSpecies + 1], f0[kSpecies + 1], previous[kSpecies + 1], before[kSpecies + 1], rate[kSpecies + 1];
    double conductance[kSpecies], resistance, inverseVolume, flux[kSpecies];
    int interface;
};

struct Shared {
    double c[kSpecies][kRow], j[kSpecies][kRow], sum[kMostWarps];
};

// ---- formulas --------------------------------------------------------------------------------------------------

DEVICE double powerOfTwo(double shifted) { // shifted = k + 1.5 * 2^52
    int64_t bits;
#ifdef HOST_EMULATION
    std::memcpy(&bits, &shifted, 8);
#else
    bits = __double_as_longlong(shifted);
#endif
    bits = (int64_t)((uint64_t)(bits + 1023) << 52);
    double value;
#ifdef HOST_EMULATION
    std::memcpy(&value, &bits, 8);
#else
    value = __longlong_as_double(bits);
#endif
    return value;
}

// B(|x|), one division, no branch.
DEVICE double bernoulli(double x) {
    double a = fmin(fmax(fabs(x), 1e-300), 708.0), shifted = fma(a, 1.4426950408889634, 6755399441055744.0), k = shifted - 6755399441055744.0;
    double r = fma(k, -1.9082149292705877e-10, fma(k, -0.6931471803691238, a)), y = r * r, half = 0.5 * r;
    double p = fma(y, 2.0690533848363087e-08, -8.266950702002885e-07);
    p = fma(y, p, 3.306878160347411e-05);
    p = fma(y, p, -0.0013888888888506394);
    p = fma(y, p, 0.08333333333333301);
    double h = fma(y, p, 1.0), power = powerOfTwo(shifted);
    return a * (h - half) / fma(power + 1.0, half, (power - 1.0) * h);
}

// Two half cells in series with the partition e = e^(-w/2) between them; ml and mr are B of the two magnitudes. InterfaceFlux.cs with numerator and
// denominator times e: no division but the one.
DEVICE double interfaceFlux(const double* of, double ul, double ur, double ml, double mr, double left, double right) {
    double kl = of[0], kr = of[1], e2 = of[2] * of[2], series = kl * kr;
    double fl = ml + fmax(-ul, 0.0), fr = mr + fmax(-ur, 0.0), bl = ml + fmax(ul, 0.0), br = mr + fmax(ur, 0.0);
    double scale = series / (series > 0 ? fma(kl, bl, kr * e2 * fr) : 1.0);
    return scale * fma(e2 * (fl * fr), left, -(bl * br * right));
}

// ---- one evaluation, in the three parts between which the block meets -----------------------------------------

// Record of a problem: v, 1/sum b, b[n+1], 1/V[n+2], K[S][n+1], q[n+1], c[S][n+2], interfaces.
struct Record {
    const double *voltage, *b, *inverseVolume, *k, *q, *c, *interfaces;
    DEVICE Record(const double* p, int n)
        : voltage(p), b(p + 2), inverseVolume(b + n + 1), k(inverseVolume + n + 2), q(k + kSpecies * (n + 1)), c(q + n + 1),
          interfaces(c + kSpecies * (n + 2)) {}
};

DEVICE void load(const Shape& shape, const Record& r, Cell& cell, Shared& shared, int t) {
    int n = shape.cells;
    cell.interface = -1;
    for (int i = 0; i < shape.interfaces; i++)
        if (shape.face[i] == t) cell.interface = i;
    bool isFace = t <= n;
    cell.resistance = isFace ? r.b[t] : 0;
    cell.inverseVolume = isFace ? r.inverseVolume[t] : 0; // of cell t; the ghost has 0
    cell.y0[kSpecies] = isFace ? r.q[t] : 0;
    UNROLL
    for (int s = 0; s < kSpecies; s++) {
        cell.conductance[s] = isFace ? r.k[s * (n + 1) + t] : 0;
        cell.y0[s] = isFace ? r.c[s * (n + 2) + t] : 0;
        if (t == n) shared.c[s][n + 1] = r.c[s * (n + 2) + n + 1]; // the right bath never changes
    }
}

DEVICE void publish(const double* y, Shared& shared, int n, int t) {
    if (t <= n)
        UNROLL
        for (int s = 0; s < kSpecies; s++) shared.c[s][t] = y[s];
}

DEVICE double closure(const Record& r, const Shared& shared, int warps) {
    double sum = 0;
    for (int w = 0; w < warps; w++) sum += shared.sum[w];
    return (r.voltage[0] - sum) * r.voltage[1];
}

// Fluxes through the face on the right of cell t, and dq/dt.
DEVICE void fluxes(const Shape& shape, const Record& r, Cell& cell, const double* y, Shared& shared, int warps, int t) {
    if (t > shape.cells) return;
    const double* of = r.interfaces + (cell.interface >= 0 ? cell.interface : 0) * (2 + 3 * kSpecies);
    double charge = y[kSpecies] + closure(r, shared, warps), drop = cell.resistance * charge, zj = 0, b = 0, ml = 0, mr = 0, last = -1;
    UNROLL
    for (int s = 0; s < kSpecies; s++) {
        double z = shape.z[s], left = y[s], right = shared.c[s][t + 1], flux;
        bool isNew = fabs(z) != last; // the same for every thread: no divergence
        last = fabs(z);
        if (cell.interface >= 0) {
            double ul = -z * of[0] * charge, ur = -z * of[1] * charge;
            if (isNew) ml = bernoulli(ul), mr = bernoulli(ur);
            flux = interfaceFlux(of + 2 + 3 * s, ul, ur, ml, mr, left, right);
        } else {
            double drive = z * drop;
            if (isNew) b = bernoulli(drive);
            flux = cell.conductance[s] * fma(b, left - right, drive * (drive < 0 ? right : left));
        }
        cell.flux[s] = flux;
        shared.j[s][t + 1] = flux;
        zj = fma(z, flux, zj);
    }
    cell.rate[kSpecies] = -zj;
}

DEVICE void rates(const Shape& shape, Cell& cell, const Shared& shared, int t) {
    if (t > shape.cells) return;
    UNROLL
    for (int s = 0; s < kSpecies; s++) cell.rate[s] = t == 0 ? 0 : (shared.j[s][t] - cell.flux[s]) * cell.inverseVolume;
}

// What becomes of the rates: stage j of a step; j = 1 also takes F_0. Euler is a method of one stage.
DEVICE void combine(const Shape& shape, Cell& cell, int j) {
    Stage c = stageTable[j];
    UNROLL
    for (int i = 0; i <= kSpecies; i++) {
        if (j == 1) {
            if (shape.stages == 1) {
                cell.y0[i] = fma(c.increment, cell.rate[i], cell.y0[i]);
                continue;
            }
            cell.f0[i] = cell.rate[i];
            cell.before[i] = cell.y0[i];
            cell.previous[i] = fma(c.increment, cell.rate[i], cell.y0[i]);
            continue;
        }
        double increment = fma(c.increment, cell.rate[i], c.start * cell.f0[i]);
        double next = fma(c.mu, cell.previous[i], fma(c.nu, cell.before[i], fma(c.rest, cell.y0[i], increment)));
        cell.before[i] = cell.previous[i];
        cell.previous[i] = next;
        if (j == shape.stages) cell.y0[i] = next;
    }
}

// ---- a block ---------------------------------------------------------------------------------------------------

#ifdef HOST_EMULATION
static void runBlock(const Shape& shape, const double* record, double* final, int threads, int steps) {
    static Shared shared;
    int n = shape.cells, warps = threads / 32;
    Record r(record, n);
    std::vector<Cell> cells(threads);
    for (int t = 0; t < threads; t++) load(shape, r, cells[t], shared, t);
    for (int step = 0; step < steps; step++)
        for (int j = 1; j <= shape.stages; j++) {
            auto y = [&](int t) { return j == 1 ? cells[t].y0 : cells[t].previous; };
            for (int w = 0; w < warps; w++) {
                shared.sum[w] = 0;
                for (int t = 32 * w; t < 32 * w + 32; t++) shared.sum[w] += cells[t].resistance * y(t)[kSpecies];
            }
            for (int t = 0; t < threads; t++) publish(y(t), shared, n, t);
            for (int t = 0; t < threads; t++) fluxes(shape, r, cells[t], y(t), shared, warps, t);
            for (int t = 0; t < threads; t++) rates(shape, cells[t], shared, t);
            for (int t = 0; t < threads; t++) combine(shape, cells[t], j);
        }
    for (int s = 0; s < kSpecies; s++)
        for (int t = 0; t <= n; t++) final[s * (n + 2) + t] = cells[t].y0[s];
    for (int s = 0; s < kSpecies; s++) final[s * (n + 2) + n + 1] = shared.c[s][n + 1];
}
#else
DEVICE void stage(const Shape& shape, const Record& r, Cell& cell, const double* y, Shared& shared, int warps, int t, int j) {
    double weighted = cell.resistance * y[kSpecies];
    for (int offset = 16; offset > 0; offset >>= 1) weighted += __shfl_down_sync(0xffffffff, weighted, offset);
    if ((t & 31) == 0) shared.sum[t >> 5] = weighted;
    publish(y, shared, shape.cells, t);
    __syncthreads();
    fluxes(shape, r, cell, y, shared, warps, t);
    __syncthreads();
    rates(shape, cell, shared, t);
    combine(shape, cell, j);
}

__global__ void __launch_bounds__(288, BLOCKS) run(Shape shape, const double* records, double* final, int steps) {
    __shared__ Shared shared;
    Cell cell;
    int t = threadIdx.x, n = shape.cells, warps = blockDim.x / 32;
    Record r(records + (size_t)(blockIdx.x % shape.problems) * shape.record, n);
    load(shape, r, cell, shared, t);
    for (int step = 0; step < steps; step++) {
        stage(shape, r, cell, cell.y0, shared, warps, t, 1);
        for (int j = 2; j <= shape.stages; j++) stage(shape, r, cell, cell.previous, shared, warps, t, j);
    }
    double* mine = final + (size_t)blockIdx.x * kSpecies * (n + 2);
    if (t <= n)
        for (int s = 0; s < kSpecies; s++) mine[s * (n + 2) + t] = cell.y0[s];
    if (t == n)
        for (int s = 0; s < kSpecies; s++) mine[s * (n + 2) + n + 1] = shared.c[s][n + 1];
}
#endif

// ---- host ------------------------------------------------------------------------------------------------------

#include "rkc2_host.h"
