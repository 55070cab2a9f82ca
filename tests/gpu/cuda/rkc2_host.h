// The host's part of rkc2.cu: reads the file, makes the coefficients, compares and times. Not a header for anything else.
#pragma once

static std::vector<char> bytesOf(const char* path) {
    FILE* file = std::fopen(path, "rb");
    if (!file) std::printf("cannot read %s\n", path), std::exit(5);
    std::fseek(file, 0, SEEK_END);
    std::vector<char> bytes(std::ftell(file));
    std::rewind(file);
    if (std::fread(bytes.data(), 1, bytes.size(), file) != bytes.size()) std::exit(5);
    std::fclose(file);
    return bytes;
}

// Splits the file into the problems' records and their expected concentrations.
static Shape readProblems(const char* path, std::vector<double>& records, std::vector<double>& expected) {
    std::vector<char> bytes = bytesOf(path);
    int32_t head[8];
    std::memcpy(head, bytes.data() + 8, sizeof head);
    if (std::memcmp(bytes.data(), "NPGRKC02", 8) || head[2] != kSpecies || head[1] > 286 || head[3] > 8 || head[5] > kMostStages)
        std::printf("%s is no file of %d species and at most 286 cells\n", path, kSpecies), std::exit(5);
    Shape shape{head[0], head[1], head[3], head[4], head[5], 0, 0, {}, {}};
    std::vector<double> all((bytes.size() - 40) / 8);
    std::memcpy(all.data(), bytes.data() + 40, all.size() * 8);
    const double* p = all.data();
    shape.step = *p++;
    for (double& z : shape.z) z = *p++;
    for (int i = 0; i < shape.interfaces; i++) shape.face[i] = (int)*p++;
    int n = shape.cells, state = kSpecies * (n + 2);
    shape.record = 2 + (n + 1) + (n + 2) + kSpecies * (n + 1) + (n + 1) + state + shape.interfaces * (2 + 3 * kSpecies);
    for (int i = 0; i < shape.problems; i++, p += shape.record + state) {
        records.insert(records.end(), p, p + shape.record);
        expected.insert(expected.end(), p + shape.record, p + shape.record + state);
    }
    return shape;
}

// Sommeijer, Shampine, Verwer (1998), eqs. 2.2 to 2.6, with damping 2.
static void makeStages(const Shape& shape, Stage* table) {
    double h = shape.step, s = shape.stages;
    if (shape.stages == 1) {
        table[1] = {0, 1, 0, h, 0};
        return;
    }
    double w0 = 1 + 2 / (s * s), t = 1, t1 = w0, d = 0, d1 = 1, e = 0, e1 = 0; // T, T', T'' of j - 1 and j
    for (int j = 2; j <= shape.stages; j++) {
        double t2 = 2 * w0 * t1 - t, d2 = 2 * (t1 + w0 * d1) - d, e2 = 2 * (2 * d1 + w0 * e1) - e;
        t = t1, t1 = t2, d = d1, d1 = d2, e = e1, e1 = e2;
    }
    double w1 = d1 / e1, b = 1 / (4 * w0 * w0), b0 = b, a = 1 - b * w0;
    table[1] = {0, 1, 0, b * w1 * h, 0};
    t = 1, t1 = w0, d = 0, d1 = 1, e = 0, e1 = 0;
    for (int j = 2; j <= shape.stages; j++) {
        double t2 = 2 * w0 * t1 - t, d2 = 2 * (t1 + w0 * d1) - d, e2 = 2 * (2 * d1 + w0 * e1) - e, b2 = e2 / (d2 * d2);
        double mu = 2 * w0 * b2 / b, nu = -b2 / b0, increment = 2 * w1 * b2 / b;
        table[j] = {1 - mu - nu, mu, nu, increment * h, -a * increment * h};
        b0 = b, b = b2, a = 1 - b2 * t2;
        t = t1, t1 = t2, d = d1, d1 = d2, e = e1, e1 = e2;
    }
}

// Largest difference from what is expected, relative to the largest concentration of the species.
static double difference(const Shape& shape, const std::vector<double>& got, const std::vector<double>& expected) {
    double worst = 0;
    int row = shape.cells + 2;
    for (size_t at = 0; at < got.size(); at += row) {
        double most = 0;
        for (int i = 0; i < row; i++) most = std::fmax(most, std::fabs(expected[at + i]));
        for (int i = 0; i < row; i++) {
            double off = std::fabs(got[at + i] - expected[at + i]) / most;
            if (!(off <= worst)) worst = off; // a NaN is the worst
        }
    }
    return worst;
}

static double checksum(const std::vector<double>& values) {
    double sum = 0;
    for (double value : values) sum += value;
    return sum;
}

int main(int argc, char** argv) {
    if (argc < 2) return std::printf("usage: rkc2 FILE [PROBLEMS [STEPS]]\n"), 2;
    std::vector<double> records, expected;
    Shape shape = readProblems(argv[1], records, expected);
    static Stage table[kMostStages + 1];
    makeStages(shape, table);
    int threads = (shape.cells + 1 + 31) / 32 * 32, state = kSpecies * (shape.cells + 2);
    std::vector<double> got(expected.size());
#ifdef HOST_EMULATION
    std::memcpy(stageTable, table, sizeof table);
    for (int i = 0; i < shape.problems; i++) runBlock(shape, &records[(size_t)i * shape.record], &got[(size_t)i * state], threads, shape.steps);
#else
    int problems = argc > 2 ? std::atoi(argv[2]) : 8192, steps = argc > 3 ? std::atoi(argv[3]) : 100;
    double *onDevice, *final;
    if (problems < shape.problems) problems = shape.problems;
    CHECK(cudaMalloc(&onDevice, records.size() * 8));
    CHECK(cudaMalloc(&final, (size_t)problems * state * 8));
    CHECK(cudaMemcpy(onDevice, records.data(), records.size() * 8, cudaMemcpyHostToDevice));
    CHECK(cudaMemcpyToSymbol(stageTable, table, sizeof table));
    run<<<shape.problems, threads>>>(shape, onDevice, final, shape.steps);
    CHECK(cudaGetLastError());
    CHECK(cudaMemcpy(got.data(), final, got.size() * 8, cudaMemcpyDeviceToHost));
#endif
    double worst = difference(shape, got, expected);
    std::printf("checksum %.12g, expected %.12g; largest difference %.2e of the species' largest\n", checksum(got), checksum(expected), worst);
    if (!(worst <= 1e-9)) return std::printf("FAILED: the concentrations are not those of the CPU engine\n"), 1;
#ifndef HOST_EMULATION
    cudaFuncAttributes attributes;
    CHECK(cudaFuncGetAttributes(&attributes, run));
    std::printf("registers %d, spilled bytes %zu, shared bytes %zu\n", attributes.numRegs, attributes.localSizeBytes, attributes.sharedSizeBytes);
    cudaEvent_t start, stop;
    CHECK(cudaEventCreate(&start));
    CHECK(cudaEventCreate(&stop));
    double best = 0;
    for (int round = 0; round < 4; round++) { // the first warms up
        float ms = 0;
        CHECK(cudaEventRecord(start));
        run<<<problems, threads>>>(shape, onDevice, final, steps);
        CHECK(cudaGetLastError());
        CHECK(cudaEventRecord(stop));
        CHECK(cudaEventSynchronize(stop));
        CHECK(cudaEventElapsedTime(&ms, start, stop));
        double updates = (double)problems * steps * shape.stages * (shape.cells + 1) * kSpecies;
        if (round > 0) best = std::fmax(best, updates / (1e-3 * ms));
    }
    std::printf("MEASURE\tCUDA C++ for %d blocks, %s, MEMB x %d\t%.4g\tupdates/s\n", BLOCKS, shape.stages == 1 ? "euler" : "rkc2", problems, best);
#endif
    return 0;
}
