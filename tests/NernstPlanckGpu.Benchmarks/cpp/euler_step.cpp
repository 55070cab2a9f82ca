// The explicit step of NernstPlanckGpu, written by hand with AVX2 and FMA: what the C# engine is measured against.
//
//   g++ -O3 -march=native -o euler_step euler_step.cpp
//   ./euler_step            prints   cpp avx2 <number> updates/s      (Euler steps)
//   ./euler_step scalar     prints   cpp scalar <number> updates/s    (the same without vectors, for information)
//   ./euler_step rkc2       prints   cpp rkc2 <number> updates/s      (Runge-Kutta-Chebyshev stages)
//   ./euler_step check      prints the largest error of the Bernoulli function and compares the variants; exit 1 if wrong
//
// An update is one species through one face in one step or stage. Problem: MEMB (256 cells, three univalent species).
// Layout: cells 0 .. n+1 with a ghost bath at either end; face f = 0 .. n lies between cells f and f+1. State: c[s][cell] in
// mol/m3, q[face] = D/F - Q in mol/m2 (Ampere's law instead of Poisson's equation), one scalar Q that closes the circuit.
#include <immintrin.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

namespace {

constexpr int kSpecies = 3;
constexpr int kPad = 8; // faces are padded to whole groups of the 8 interleaved partial sums
constexpr double kFaraday = 96485.33212, kGas = 8.314462618, kEps0 = 8.8541878128e-12;

// H(y) = (r/2) coth(r/2), y = r^2, |r| <= 0.5001 ln 2: minimax, relative error below 1e-18 before rounding.
constexpr double kInvLn2 = 1.4426950408889634, kLn2Hi = 0x1.62e42fee00000p-1, kLn2Lo = 1.90821492927058770e-10;
constexpr double kH[5] = {0.08333333333333301, -0.0013888888888506394, 3.306878160347411e-05, -8.266950702002885e-07,
                          2.0690533848363087e-08};
constexpr double kMagic = 6755399441055744.0; // 1.5 * 2^52: adding it leaves the nearest integer in the low bits

// ---- scalar formulas -----------------------------------------------------------------------------------------------

inline double bernoulli(double x) {
    double a = std::min(std::max(std::fabs(x), 1e-300), 708.0);
    double t = std::fma(a, kInvLn2, kMagic), k = t - kMagic;
    double r = std::fma(k, -kLn2Lo, std::fma(k, -kLn2Hi, a)), y = r * r, half = 0.5 * r;
    double h = std::fma(y, std::fma(y, std::fma(y, std::fma(y, std::fma(y, kH[4], kH[3]), kH[2]), kH[1]), kH[0]), 1.0);
    long long bits;
    std::memcpy(&bits, &t, 8);
    bits = (bits + 1023) << 52;
    double p;
    std::memcpy(&p, &bits, 8);
    return a * (h - half) / std::fma(p + 1.0, half, (p - 1.0) * h);
}

// ---- problem -------------------------------------------------------------------------------------------------------

struct Interface {
    int face;
    double bl, br, kl[kSpecies], kr[kSpecies], e[kSpecies], inverse[kSpecies];
};

template <class T>
struct CacheAligned {
    using value_type = T;
    T* allocate(std::size_t n) { return static_cast<T*>(std::aligned_alloc(64, (n * sizeof(T) + 63) / 64 * 64)); }
    void deallocate(T* p, std::size_t) { std::free(p); }
    bool operator==(const CacheAligned&) const { return true; }
    bool operator!=(const CacheAligned&) const { return false; }
};

using Array = std::vector<double, CacheAligned<double>>;

struct State {
    Array c[kSpecies], q;
    double Q = 0;
};

struct Problem : State {
    int cells, width; // width: padded number of faces (and cells)
    double z[kSpecies] = {1, 1, -1};
    Array g[kSpecies], invVol, b, w, drop, bernoulli; // drop and bernoulli: work space of the vector step
    std::vector<Interface> faces;
    double invSumW = 0, voltage = 0, dt = 0;
};

// Cell sizes that grow geometrically from the first one to fill a length.
std::vector<double> geometricLayer(double length, int cells, double first) {
    double lo = 1, hi = 1.5;
    auto sum = [&](double g) { return first * (std::pow(g, cells) - 1) / (g - 1); };
    for (int i = 0; i < 200; i++) {
        double mid = 0.5 * (lo + hi);
        (mid > 1 && sum(mid) < length ? lo : hi) = mid;
    }
    std::vector<double> h(cells);
    for (int i = 0; i < cells; i++) h[i] = first * std::pow(hi, i);
    return h;
}

Problem memb() {
    const double T = 310.15, rt = kGas * T, eps[3] = {74, 2, 74}, D[kSpecies] = {1.957e-9, 1.334e-9, 2.032e-9};
    const double in[kSpecies] = {140, 10, 150}, out[kSpecies] = {5, 145, 150}, barrier = std::exp(-10e3 / rt);
    std::vector<double> h = geometricLayer(30e-9, 108, 0.1e-9), right = h;
    std::reverse(h.begin(), h.end());
    h.insert(h.end(), 40, 0.1e-9);
    h.insert(h.end(), right.begin(), right.end());

    Problem p;
    int n = p.cells = static_cast<int>(h.size());
    p.width = (n + 2 + kPad - 1) / kPad * kPad + kPad;
    auto region = [&](int i) { return i <= 108 ? 0 : i <= 148 ? 1 : 2; };
    for (auto* v : {&p.invVol, &p.q, &p.b, &p.w, &p.drop, &p.bernoulli}) v->assign(p.width, 0.0);
    for (int s = 0; s < kSpecies; s++) {
        p.c[s].assign(p.width, 0.0);
        p.g[s].assign(p.width, 0.0);
        double x = 0;
        for (int i = 0; i <= n + 1; i++) {
            double hi = i >= 1 && i <= n ? h[i - 1] : 0, mix = std::min(std::max((x + 0.5 * hi - 30e-9) / 4e-9, 0.0), 1.0);
            p.c[s][i] = (in[s] + (out[s] - in[s]) * mix) * (region(i) == 1 ? barrier : 1.0);
            x += hi;
        }
    }
    for (int i = 1; i <= n; i++) p.invVol[i] = 1 / h[i - 1];
    double sumW = 0;
    for (int f = 0; f <= n; f++) {
        double hl = f >= 1 ? 0.5 * h[f - 1] : 0, hr = f < n ? 0.5 * h[f] : 0;
        int rl = region(std::max(f, 1)), rr = region(std::min(f + 1, n));
        double scale = kFaraday * kFaraday / (kEps0 * rt), bl = scale * hl / eps[rl], br = scale * hr / eps[rr];
        sumW += p.w[f] = p.b[f] = bl + br;
        Interface side{f, bl, br, {}, {}, {}, {}};
        for (int s = 0; s < kSpecies; s++) {
            double dl = D[s] * (rl == 1 ? 1e-4 : 1), dr = D[s] * (rr == 1 ? 1e-4 : 1);
            if (rl == rr) p.g[s][f] = dl / (hl + hr);
            side.kl[s] = dl / hl;
            side.kr[s] = dr / hr;
            side.e[s] = rl == rr ? 1 : std::sqrt(rr == 1 ? barrier : 1 / barrier);
            side.inverse[s] = 1 / side.e[s];
        }
        if (rl != rr) p.faces.push_back(side);
    }
    for (int f = 1; f <= n; f++) {
        double charge = 0;
        for (int s = 0; s < kSpecies; s++) charge += p.z[s] * p.c[s][f] * h[f - 1];
        p.q[f] = p.q[f - 1] + charge;
    }
    p.voltage = -0.07 * kFaraday / rt;
    p.invSumW = 1 / sumW;
    double sum = 0;
    for (int f = 0; f <= n; f++) sum += p.w[f] * p.q[f];
    p.Q = (p.voltage - sum) * p.invSumW;
    p.dt = 0.9e-12; // below the limit of the 0.1 nm half cells beside the membrane
    return p;
}

double closure(const Problem& p, const double* partial) {
    double sum = ((partial[0] + partial[4]) + (partial[2] + partial[6])) + ((partial[1] + partial[5]) + (partial[3] + partial[7]));
    return (p.voltage - sum) * p.invSumW;
}

// Flux of one species through a face where something jumps: two half cells in series with the partition between them
// (DESIGN section 4). B(|u|) of the two halves is shared by the species.
inline double interfaceFlux(const Interface& face, int s, double z, double dl, double dr, double ml, double mr, double cl, double cr) {
    double ul = -z * dl, ur = -z * dr, e = face.e[s], ie = face.inverse[s];
    double fl = ml + std::max(-ul, 0.0), fr = mr + std::max(-ur, 0.0), bl = ml + std::max(ul, 0.0), br = mr + std::max(ur, 0.0);
    double scale = face.kl[s] * face.kr[s] / std::fma(face.kl[s] * ie, bl, face.kr[s] * e * fr);
    return scale * (e * fl * fr * cl - ie * bl * br * cr);
}

// What the faces with jumps move, after the main pass, which saw G = 0 there and moved nothing.
inline void addInterface(Problem& p, double* const* c, double* q, double dt, int k, const double* flux, double* partial) {
    int f = p.faces[k].face;
    double zj = 0;
    for (int s = 0; s < kSpecies; s++) {
        c[s][f] -= dt * p.invVol[f] * flux[s];
        c[s][f + 1] += dt * p.invVol[f + 1] * flux[s];
        zj += p.z[s] * flux[s];
    }
    q[f] -= dt * zj;
    partial[f & 7] -= p.w[f] * dt * zj;
}

// ---- scalar step ---------------------------------------------------------------------------------------------------

__attribute__((noinline, optimize("no-tree-vectorize", "no-tree-slp-vectorize"))) void scalarStep(Problem& p) {
    double partial[8] = {}, flux[2][kSpecies], before[kSpecies] = {};
    double* c[kSpecies] = {p.c[0].data(), p.c[1].data(), p.c[2].data()};
    const double* g[kSpecies] = {p.g[0].data(), p.g[1].data(), p.g[2].data()};
    double *q = p.q.data(), *invVol = p.invVol.data(), *b = p.b.data(), *w = p.w.data();
    for (int k = 0; k < 2; k++) {
        const Interface& face = p.faces[k];
        double charge = q[face.face] + p.Q, dl = face.bl * charge, dr = face.br * charge, ml = bernoulli(dl), mr = bernoulli(dr);
        for (int s = 0; s < kSpecies; s++)
            flux[k][s] = interfaceFlux(face, s, p.z[s], dl, dr, ml, mr, c[s][face.face], c[s][face.face + 1]);
    }
    for (int f = 0; f < p.width - kPad; f++) {
        double a = b[f] * (q[f] + p.Q), B = bernoulli(a), rate = p.dt * invVol[f], zj = 0;
        for (int s = 0; s < kSpecies; s++) {
            double za = p.z[s] * a, left = c[s][f], right = c[s][f + 1], upstream = za < 0 ? right : left;
            double j = g[s][f] * std::fma(B, left - right, za * upstream);
            zj = std::fma(p.z[s], j, zj);
            c[s][f] = std::fma(rate, before[s] - j, left);
            before[s] = j;
        }
        q[f] = std::fma(-p.dt, zj, q[f]);
        partial[f & 7] = std::fma(w[f], q[f], partial[f & 7]);
    }
    for (int k = 0; k < 2; k++) addInterface(p, c, q, p.dt, k, flux[k], partial);
    p.Q = closure(p, partial);
}

// ---- AVX2 ----------------------------------------------------------------------------------------------------------

using V = __m256d;
inline V all(double x) { return _mm256_set1_pd(x); }
inline V fma(V a, V b, V c) { return _mm256_fmadd_pd(a, b, c); }

inline V bernoulli(V x) {
    V a = _mm256_min_pd(_mm256_max_pd(_mm256_andnot_pd(all(-0.0), x), all(1e-300)), all(708.0));
    V t = fma(a, all(kInvLn2), all(kMagic)), k = _mm256_sub_pd(t, all(kMagic));
    V r = _mm256_fnmadd_pd(k, all(kLn2Lo), _mm256_fnmadd_pd(k, all(kLn2Hi), a)), y = _mm256_mul_pd(r, r);
    V half = _mm256_mul_pd(r, all(0.5));
    V h = fma(y, fma(y, fma(y, fma(y, fma(y, all(kH[4]), all(kH[3])), all(kH[2])), all(kH[1])), all(kH[0])), all(1.0));
    V p = _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_add_epi64(_mm256_castpd_si256(t), _mm256_set1_epi64x(1023)), 52));
    V denominator = fma(_mm256_add_pd(p, all(1.0)), half, _mm256_mul_pd(_mm256_sub_pd(p, all(1.0)), h));
    return _mm256_div_pd(_mm256_mul_pd(a, _mm256_sub_pd(h, half)), denominator);
}

// Fluxes of one species through four faces; the drop's sign bit picks the upstream cell.
inline V faceFlux(const double* g, V B, V za, V left, V right) {
    V upstream = _mm256_blendv_pd(left, right, za);
    return _mm256_mul_pd(_mm256_loadu_pd(g), fma(B, _mm256_sub_pd(left, right), _mm256_mul_pd(za, upstream)));
}

// [previous[3], current[0], current[1], current[2]]: the fluxes through the left faces of four cells.
inline V shifted(V previous, V current) {
    V middle = _mm256_permute2f128_pd(previous, current, 0x21);
    return _mm256_shuffle_pd(middle, current, 0x5);
}

// Drops and B(|drop|) of all faces. A pass of its own: one long dependency chain per face, and nothing to store to that the
// processor must wait for. Fused with the fluxes it is 0.8x as fast (measured, Zen 4).
inline void bernoulliPass(Problem& p, const double* q, double closing) {
    V Q = all(closing);
    for (int f = 0; f < p.width - kPad; f += 4) {
        V a = _mm256_mul_pd(_mm256_load_pd(&p.b[f]), _mm256_add_pd(_mm256_load_pd(q + f), Q));
        _mm256_store_pd(&p.drop[f], a);
        _mm256_store_pd(&p.bernoulli[f], bernoulli(a));
    }
}

// Fluxes of the two faces with jumps; their four half cells share one vector of Bernoulli functions.
inline void interfacePass(const Problem& p, const State& y, double flux[2][kSpecies]) {
    const Interface &m = p.faces[0], &n = p.faces[1];
    double cm = y.q[m.face] + y.Q, cn = y.q[n.face] + y.Q, drops[4] = {m.bl * cm, m.br * cm, n.bl * cn, n.br * cn}, B[4];
    _mm256_storeu_pd(B, bernoulli(_mm256_loadu_pd(drops)));
    for (int k = 0; k < 2; k++)
        for (int s = 0; s < kSpecies; s++) {
            const Array& c = y.c[s];
            int f = p.faces[k].face;
            flux[k][s] = interfaceFlux(p.faces[k], s, p.z[s], drops[2 * k], drops[2 * k + 1], B[2 * k], B[2 * k + 1], c[f], c[f + 1]);
        }
}

// Euler: y += dt f(y), in place; the cells to the right of a group are read before they are written.
struct Euler {
    V dt;
    explicit Euler(const Problem& p) : dt(all(p.dt)) {}
    V rate(V invVol) const { return _mm256_mul_pd(dt, invVol); }
    V cell(int, int, V rate, V difference, V old) const { return fma(rate, difference, old); }
    V charge(int, V zj, V old) const { return _mm256_fnmadd_pd(dt, zj, old); }
};

// A Chebyshev stage: Y = rest Y0 + mu Y' + nu Y'' + h (mu~ F(Y') + gamma~ F0), written over Y''. The coefficients are those of
// some inner stage: which one does not matter for the time it takes.
struct Stage {
    const State &start, &startRate, &older;
    V mu = all(1.9), nu = all(-0.92), rest = all(0.02), h, gamma;
    Stage(const Problem& p, const State& y0, const State& f0, const State& y2)
        : start(y0), startRate(f0), older(y2), h(all(0.5 * p.dt)), gamma(all(-0.1 * p.dt)) {}
    V combine(const Array& y0, const Array& f0, const Array& y2, int f, V previous, V increment) const {
        V sum = fma(gamma, _mm256_load_pd(&f0[f]), increment);
        return fma(mu, previous, fma(nu, _mm256_load_pd(&y2[f]), fma(rest, _mm256_load_pd(&y0[f]), sum)));
    }
    V rate(V invVol) const { return _mm256_mul_pd(h, invVol); }
    V cell(int s, int f, V rate, V difference, V old) const {
        return combine(start.c[s], startRate.c[s], older.c[s], f, old, _mm256_mul_pd(rate, difference));
    }
    V charge(int f, V zj, V old) const {
        return combine(start.q, startRate.q, older.q, f, old, _mm256_xor_pd(_mm256_mul_pd(h, zj), all(-0.0)));
    }
};

// Four faces and the four cells to their left.
template <class Update>
inline void fourFaces(const Problem& p, const Update& update, const State& y, State& out, int f, const V* z, V* before, V& partial) {
    V a = _mm256_load_pd(&p.drop[f]), B = _mm256_load_pd(&p.bernoulli[f]);
    V rate = update.rate(_mm256_load_pd(&p.invVol[f])), zj = _mm256_setzero_pd();
    for (int s = 0; s < kSpecies; s++) {
        V left = _mm256_load_pd(&y.c[s][f]), j = faceFlux(&p.g[s][f], B, _mm256_mul_pd(z[s], a), left, _mm256_loadu_pd(&y.c[s][f + 1]));
        zj = fma(z[s], j, zj);
        _mm256_store_pd(&out.c[s][f], update.cell(s, f, rate, _mm256_sub_pd(shifted(before[s], j), j), left));
        before[s] = j;
    }
    V charge = update.charge(f, zj, _mm256_load_pd(&y.q[f]));
    _mm256_store_pd(&out.q[f], charge);
    partial = fma(_mm256_load_pd(&p.w[f]), charge, partial);
}

template <class Update>
inline void pass(Problem& p, const Update& update, double step, const State& y, State& out) {
    double flux[2][kSpecies], partial[8];
    bernoulliPass(p, y.q.data(), y.Q);
    interfacePass(p, y, flux);
    V z[kSpecies] = {all(p.z[0]), all(p.z[1]), all(p.z[2])}, before[kSpecies] = {}, even = _mm256_setzero_pd(), odd = even;
    for (int f = 0; f < p.width - kPad; f += 8) {
        fourFaces(p, update, y, out, f, z, before, even);
        fourFaces(p, update, y, out, f + 4, z, before, odd);
    }
    _mm256_storeu_pd(partial, even);
    _mm256_storeu_pd(partial + 4, odd);
    double* c[kSpecies] = {out.c[0].data(), out.c[1].data(), out.c[2].data()};
    for (int k = 0; k < 2; k++) addInterface(p, c, out.q.data(), step, k, flux[k], partial);
    out.Q = closure(p, partial);
}

__attribute__((noinline)) void vectorStep(Problem& p) { pass(p, Euler(p), p.dt, p, p); }

// Stages without end: the state forgets where it started, which keeps the numbers in their range.
struct Stages {
    State start, startRate, a, b;
    bool flip = false;
    explicit Stages(const Problem& p) : start(p), startRate(p), a(p), b(p) {
        for (auto& c : startRate.c) std::fill(c.begin(), c.end(), 0.0);
        std::fill(startRate.q.begin(), startRate.q.end(), 0.0);
    }
    __attribute__((noinline)) void operator()(Problem& p) {
        State &previous = flip ? a : b, &older = flip ? b : a;
        flip = !flip;
        pass(p, Stage(p, start, startRate, older), 0.5 * p.dt, previous, older);
    }
};

// ---- measurement ---------------------------------------------------------------------------------------------------

template <class Step>
double best(Problem& p, Step&& step) {
    double rate = 0;
    for (int round = 0; round < 5; round++) {
        auto start = std::chrono::steady_clock::now();
        long steps = 0;
        double elapsed = 0;
        do {
            for (int i = 0; i < 2000; i++) step(p);
            steps += 2000;
            elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        } while (elapsed < 0.6);
        rate = std::max(rate, steps * static_cast<double>(p.cells + 1) * kSpecies / elapsed);
    }
    if (!std::isfinite(p.Q)) std::exit(1);
    return rate;
}

int check() {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> linear(-700, 700), logarithmic(-300, 2.8);
    double worst = 0;
    for (int i = 0; i < 400000; i++) {
        double x = i % 2 ? linear(random) : std::pow(10.0, logarithmic(random)), lanes[4];
        long double exact = std::fabs(x) < 1e-18 ? 1.0L : std::fabs(x) / expm1l(std::fabs(x));
        _mm256_storeu_pd(lanes, bernoulli(all(x)));
        worst = std::max({worst, static_cast<double>(fabsl(lanes[0] / exact - 1)), static_cast<double>(fabsl(bernoulli(x) / exact - 1))});
    }
    Problem one = memb(), two = memb();
    for (int i = 0; i < 100000; i++) scalarStep(one), vectorStep(two);
    double difference = 0;
    for (int s = 0; s < kSpecies; s++)
        for (int i = 0; i <= one.cells + 1; i++) difference = std::max(difference, std::fabs(one.c[s][i] - two.c[s][i]));
    std::printf("bernoulli %.2e relative; scalar against avx2 %.2e mol/m3 after 1e5 steps\n", worst, difference);
    return worst < 5e-16 && difference < 1e-9 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const char* what = argc > 1 ? argv[1] : "avx2";
    if (!std::strcmp(what, "check")) return check();
    Problem p = memb();
    double rate = !std::strcmp(what, "scalar") ? best(p, scalarStep)
                : !std::strcmp(what, "rkc2")   ? best(p, Stages(p))
                                               : best(p, vectorStep);
    std::printf("cpp %s %.4g updates/s\n", what, rate);
    return 0;
}
