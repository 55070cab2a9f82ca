using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Core.Integrators;

/// <summary>
/// Coefficients of an s-stage Rosenbrock method in the form without matrix products (Hairer and Wanner, Solving ODEs II, eq. IV.7.25):
/// <code>(M/(h gamma) − J) U_i = F(t + alpha_i h, u + sum_j a_ij U_j) + h gamma_i dF/dt + M sum_j C_ij U_j/h,   u_1 = u + sum_j m_j U_j.</code>
/// All methods here are stiffly accurate: the last two stages' arguments are u + … + U_(s−2) and that + U_(s−1), the solution is the
/// last argument + U_s, and U_s is the error estimate.
/// </summary>
/// <param name="Name">Name.</param>
/// <param name="Order">Order; the embedded solution has one less.</param>
/// <param name="Gamma">Diagonal coefficient.</param>
/// <param name="A">a_ij, one row per stage.</param>
/// <param name="C">C_ij, one row per stage.</param>
/// <param name="Alpha">Stage times over h.</param>
/// <param name="GammaSum">gamma_i.</param>
public sealed record Rosenbrock(string Name, int Order, double Gamma, double[][] A, double[][] C, double[] Alpha, double[] GammaSum)
{
    /// <summary>Number of stages.</summary>
    public int Stages => A.Length;

    /// <summary>
    /// Rodas4P2: 6 stages, order 4(3), L-stable, of order 4 on the Prothero–Robinson problem and hardly hurt by an inexact Jacobian.
    /// Source: G. Steinebach, Improvement of Rosenbrock–Wanner method RODASP, in Progress in Differential-Algebraic Equations II (2020).
    /// </summary>
    public static Rosenbrock Rodas4P2 { get; } = new(
        "Rodas4P2", 4, 0.25,
        [
            [],
            [3.000000000000000],
            [0.906377755268814, -0.189707390391685],
            [3.758617027739064, 1.161741776019525, -0.849258085312803],
            [7.089566927282776, 4.573591406461604, -8.423496976860259, -0.959280113459775],
            [7.089566927282776, 4.573591406461604, -8.423496976860259, -0.959280113459775, 1],
        ],
        [
            [],
            [-12.00000000000000],
            [-6.354581592719008, 0.338972550544623],
            [-8.575016317114033, -7.606483992117508, 12.224997650124820],
            [-5.888975457523102, -8.157396617841821, 24.805546872612922, 12.790401512796979],
            [-4.408651676063871, -6.692003137674639, 24.625568527593117, 16.627521966636085, -5.714285714285718],
        ],
        [0, 0.75, 0.321448134013046, 0.519745732277726, 1, 1],
        [0.25, -0.5, -0.189532918363016, 0.085612108792769, 0, 0]);

    /// <summary>
    /// Rodas5P: 8 stages, order 5(4), L-stable, with little order reduction on the Prothero–Robinson problem.
    /// Source: G. Steinebach, Construction of Rosenbrock–Wanner method Rodas5P and numerical benchmarks, BIT 63, 27 (2023).
    /// </summary>
    public static Rosenbrock Rodas5P { get; } = new(
        "Rodas5P", 5, 0.21193756319429014,
        [
            [],
            [3.0],
            [2.849394379747939, 0.45842242204463923],
            [-6.954028509809101, 2.489845061869568, -10.358996098473584],
            [2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641],
            [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946],
            [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946, 1],
            [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946, 1, 1],
        ],
        [
            [],
            [-14.155112264123755],
            [-17.97296035885952, -2.859693295451294],
            [147.12150275711716, -1.41221402718213, 71.68940251302358],
            [165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306],
            [24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471],
            [30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623, -28.087943162872662],
            [37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002, -54.66780262877968, -9.48861652309627],
        ],
        [0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1, 1, 1],
        [0.21193756319429014, -0.42387512638858027, -0.3384627126235924, 1.8046452872882734, 2.325825639765069, 0, 0, 0]);

    /// <summary>The method of an implicit integrator; null of an explicit one.</summary>
    /// <param name="kind">Integrator.</param>
    public static Rosenbrock? Of(IntegratorKind kind) => kind switch
    {
        IntegratorKind.Rodas4 => Rodas4P2,
        IntegratorKind.Rodas5 => Rodas5P,
        _ => null,
    };

    /// <summary>Shortest and longest next step over this one.</summary>
    public const double SmallestFactor = RosenbrockControl.SmallestFactor, LargestFactor = RosenbrockControl.LargestFactor;

    /// <summary>Factor for the next step, 0.9 error^(−1/order) within the two limits.</summary>
    /// <param name="error">Norm of the scaled error.</param>
    public double Factor(double error) =>
        Math.Clamp(0.9 * Math.Pow(Math.Max(error, 1e-12), -1.0 / Order), SmallestFactor, LargestFactor);
}
