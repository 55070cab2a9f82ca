using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NernstPlanckGpu.UnitTests.Messages;

/// <summary>A text, and the source file in which it stands.</summary>
internal readonly record struct Said(string Text, string File);

/// <summary>
/// What an expression may read as: every branch of a choice a text of its own, what is put in as {name}. Locals and the program's own
/// functions and properties are followed to the texts that they return.
/// </summary>
/// <param name="compilation">Source in which names are looked up.</param>
internal sealed class MessageText(CSharpCompilation compilation)
{
    private const int Deepest = 6;

    private readonly Dictionary<SyntaxTree, SemanticModel> models = [];

    /// <summary>Texts that an expression may be; a part that cannot be followed is a {hole}, and an expression that is only a hole has no text.</summary>
    public IReadOnlyList<Said> Of(ExpressionSyntax expression) => [.. Leaves(expression, 0).Where(one => HasWords(one.Text)).Distinct()];

    /// <summary>A text with a word beside what is put in.</summary>
    public static bool HasWords(string text) => WithoutHoles(text).Any(char.IsLetter);

    private static string WithoutHoles(string text)
    {
        var words = new StringBuilder();
        var depth = 0;
        foreach (var symbol in text)
        {
            depth += symbol == '{' ? 1 : 0;
            if (depth == 0)
                words.Append(symbol);
            depth -= symbol == '}' && depth > 0 ? 1 : 0;
        }

        return words.ToString();
    }

    private IEnumerable<Said> Leaves(ExpressionSyntax expression, int depth) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value is string text ? [In(expression, text)] : [],
        InterpolatedStringExpressionSyntax interpolated => [In(expression, Template(interpolated, depth))],
        ParenthesizedExpressionSyntax inner => Leaves(inner.Expression, depth),
        PostfixUnaryExpressionSyntax forgiven => Leaves(forgiven.Operand, depth),
        CastExpressionSyntax cast => Leaves(cast.Expression, depth),
        ConditionalExpressionSyntax choice => Leaves(choice.WhenTrue, depth).Concat(Leaves(choice.WhenFalse, depth)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Leaves(arm.Expression, depth)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => Leaves(either.Left, depth).Concat(Leaves(either.Right, depth)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Joined(sum, depth),
        CollectionExpressionSyntax list => list.Elements.SelectMany(element => element switch
        {
            ExpressionElementSyntax one => Leaves(one.Expression, depth),
            SpreadElementSyntax many => Leaves(many.Expression, depth),
            _ => [],
        }),
        TupleExpressionSyntax tuple => tuple.Arguments.SelectMany(argument => Leaves(argument.Expression, depth)),
        InvocationExpressionSyntax call => OfCall(call, depth),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => OfName(expression, depth),
        _ => [],
    };

    /// <summary>A formatter is read as its argument, a projection as its lambda, and a function of the program as what it returns.</summary>
    private IEnumerable<Said> OfCall(InvocationExpressionSyntax call, int depth)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.LastOrDefault()?.Expression is InterpolatedStringExpressionSyntax formatted && NameOf(call.Expression) is "Create" or "Invariant" or "AppendLine")
            return Leaves(formatted, depth);
        if (NameOf(call.Expression) is "Select" or "Append" or "Prepend" or "Concat" && arguments.FirstOrDefault()?.Expression is { } argument)
        {
            var source = call.Expression is MemberAccessExpressionSyntax access ? Leaves(access.Expression, depth) : [];
            return source.Concat(argument is LambdaExpressionSyntax { Body: ExpressionSyntax body } ? Leaves(body, depth) : Leaves(argument, depth));
        }

        return depth < Deepest && Symbol(call) is IMethodSymbol method && SaysText(method.ReturnType) ? Returned(method, depth + 1) : [];
    }

    private IEnumerable<Said> OfName(ExpressionSyntax name, int depth)
    {
        if (depth >= Deepest)
            return [];
        return Symbol(name) switch
        {
            ILocalSymbol local => OfLocal(local, depth + 1),
            IPropertySymbol property when SaysText(property.Type) => Returned(property, depth + 1),
            IFieldSymbol { Type.SpecialType: SpecialType.System_String } field => Initial(field, depth + 1),
            _ => [],
        };
    }

    private IEnumerable<Said> OfLocal(ILocalSymbol local, int depth)
    {
        var declaration = local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        if (declaration is not VariableDeclaratorSyntax declarator)
            return [];
        var body = declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var assigned = body?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(one => one.Left is IdentifierNameSyntax target && target.Identifier.Text == local.Name).Select(one => one.Right) ?? [];
        var values = declarator.Initializer is { } initial ? assigned.Prepend(initial.Value) : assigned;
        return values.SelectMany(value => Leaves(value, depth));
    }

    private IEnumerable<Said> Initial(IFieldSymbol field, int depth) => field.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax()).OfType<VariableDeclaratorSyntax>()
        .SelectMany(declarator => declarator.Initializer is { } initial ? Leaves(initial.Value, depth) : []);

    private IEnumerable<Said> Returned(ISymbol symbol, int depth) => symbol.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax()).SelectMany(ReturnValues).SelectMany(value => Leaves(value, depth));

    private static IEnumerable<ExpressionSyntax> ReturnValues(SyntaxNode declaration)
    {
        var arrows = declaration.ChildNodes().OfType<ArrowExpressionClauseSyntax>().Select(arrow => arrow.Expression);
        var getters = declaration.ChildNodes().OfType<AccessorListSyntax>().SelectMany(list => list.DescendantNodes().OfType<ArrowExpressionClauseSyntax>()).Select(arrow => arrow.Expression);
        var statements = declaration.DescendantNodes(node => node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax) || node == declaration)
            .OfType<ReturnStatementSyntax>().Select(statement => statement.Expression);
        return arrows.Concat(getters).Concat(statements).OfType<ExpressionSyntax>();
    }

    private IEnumerable<Said> Joined(BinaryExpressionSyntax sum, int depth)
    {
        var left = Part(sum.Left, depth);
        var right = Part(sum.Right, depth);
        return left.SelectMany(first => right.Select(second => In(sum, first + second)));
    }

    private static Said In(SyntaxNode node, string text) => new(text, node.SyntaxTree.FilePath);

    private List<string> Part(ExpressionSyntax expression, int depth)
    {
        var inner = expression is ParenthesizedExpressionSyntax parenthesised ? parenthesised.Expression : expression;
        if (inner is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or ConditionalExpressionSyntax or BinaryExpressionSyntax or SwitchExpressionSyntax
            && Leaves(inner, depth).Select(one => one.Text).ToList() is { Count: > 0 } texts)
            return texts;
        return [Hole(expression, depth)];
    }

    private string Template(InterpolatedStringExpressionSyntax interpolated, int depth) => string.Concat(interpolated.Contents.Select(part => part switch
    {
        InterpolatedStringTextSyntax text => Unescaped(interpolated, text),
        InterpolationSyntax hole => Hole(hole.Expression, depth),
        _ => "",
    }));

    private static string Unescaped(InterpolatedStringExpressionSyntax whole, InterpolatedStringTextSyntax text)
    {
        var raw = text.TextToken.ValueText;
        return whole.StringStartToken.Text.Contains("\"\"\"", StringComparison.Ordinal) ? raw
            : raw.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
    }

    /// <summary>What is put in, by its name; a choice between words as {one|other}.</summary>
    private string Hole(ExpressionSyntax expression, int depth)
    {
        var inner = expression;
        while (inner is ParenthesizedExpressionSyntax parenthesised)
            inner = parenthesised.Expression;
        if (inner is LiteralExpressionSyntax { Token.Value: string text })
            return text;
        if (inner is IdentifierNameSyntax && depth < Deepest && Symbol(inner) is ILocalSymbol { Type.SpecialType: SpecialType.System_String } local
            && OfLocal(local, depth + 1).Select(one => one.Text).Distinct().ToList() is { Count: > 0 and <= 3 } values && values.Any(HasWords))
            return values.Count == 1 ? values[0] : "{" + string.Join('|', values) + "}";
        if (inner is ConditionalExpressionSyntax or SwitchExpressionSyntax && Leaves(inner, depth).Select(one => one.Text).Distinct().ToList() is { Count: > 0 } words)
            return "{" + string.Join('|', words) + "}";
        var name = NameOf(inner);
        return "{" + char.ToLowerInvariant(name[0]) + name[1..] + "}";
    }

    /// <summary>The last telling name of an expression, in lower case: {path} of <c>request.Path</c>, {lengths} of <c>string.Join(", ", lengths)</c>.</summary>
    private static string NameOf(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call when NameOf(call.Expression) is "join" or "Join" or "Create" or "Format" or "Of" or "Quote" or "Shorten" or "Invariant"
            && call.ArgumentList.Arguments.LastOrDefault(argument => argument.Expression is not LiteralExpressionSyntax) is { } argument => NameOf(argument.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Select" or "Distinct" or "Order" or "Take" or "ToString" or "Trim" or "TrimEnd" or "ReplaceLineEndings" } chain } => NameOf(chain.Expression),
        InvocationExpressionSyntax call => NameOf(call.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Value" or "Count" or "Length" or "Text" } inner when inner.Expression is not ThisExpressionSyntax => NameOf(inner.Expression),
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.Text,
        ConditionalAccessExpressionSyntax access => NameOf(access.WhenNotNull),
        IdentifierNameSyntax name => name.Identifier.Text,
        GenericNameSyntax name => name.Identifier.Text,
        ElementAccessExpressionSyntax element => NameOf(element.Expression),
        PostfixUnaryExpressionSyntax forgiven => NameOf(forgiven.Operand),
        CastExpressionSyntax cast => NameOf(cast.Expression),
        BinaryExpressionSyntax { Left: not LiteralExpressionSyntax } either => NameOf(either.Left),
        BinaryExpressionSyntax either => NameOf(either.Right),
        AwaitExpressionSyntax wait => NameOf(wait.Expression),
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax => "text",
        CollectionExpressionSyntax list when list.Elements.FirstOrDefault() is SpreadElementSyntax spread => NameOf(spread.Expression),
        _ => "value",
    };

    /// <summary>
    /// What a name or a call means. The packages that a build may lack are never there, so a call with their types has candidates only: the one
    /// with as many parameters is meant.
    /// </summary>
    public ISymbol? Symbol(SyntaxNode node)
    {
        if (!models.TryGetValue(node.SyntaxTree, out var model))
            models[node.SyntaxTree] = model = compilation.GetSemanticModel(node.SyntaxTree);
        var info = model.GetSymbolInfo(node);
        var given = node.ChildNodes().OfType<ArgumentListSyntax>().FirstOrDefault()?.Arguments.Count;
        return info.Symbol ?? info.CandidateSymbols.OrderByDescending(one => one is IMethodSymbol method && method.Parameters.Length == given).FirstOrDefault();
    }

    private static bool SaysText(ITypeSymbol type) => type.SpecialType == SpecialType.System_String
        || type is INamedTypeSymbol named && (named.IsTupleType ? named.TupleElements.Any(element => element.Type.SpecialType == SpecialType.System_String)
            : named.TypeArguments.Any(SaysText));
}
