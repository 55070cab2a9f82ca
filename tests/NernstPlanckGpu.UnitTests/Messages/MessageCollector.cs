using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NernstPlanckGpu.UnitTests.Messages;

/// <summary>A message of the program, as its source makes it.</summary>
/// <param name="Text">What is said, with what is put in as {name}.</param>
/// <param name="Remedy">What the message tells to write instead, where that is a part of its own; else empty.</param>
/// <param name="File">Source file, from the root of the repository.</param>
/// <param name="IsInternal">It tells a programmer of a broken promise; a user sees it as an internal error.</param>
internal sealed record SourceMessage(string Text, string Remedy, string File, bool IsInternal);

/// <summary>
/// Finds what makes messages in the source: exceptions, whatever takes a text as <c>message</c>, <c>remedy</c>, <c>reason</c>, <c>detail</c>,
/// <c>why</c> or <c>lines</c>, errors of the command line's options, lines on the standard error, and remarks on a configuration.
/// </summary>
internal sealed class MessageCollector
{
    private static readonly string[] TextNames = ["message", "reason", "detail", "why", "lines", "problem", "refusedbecause"];
    private static readonly string[] RemedyNames = ["remedy", "refusedremedy"];

    /// <summary>Methods and types that tell a message though no parameter of theirs says so.</summary>
    private static readonly string[] OfPlatform = ["WriteLine", "Write", "Add", "AddError", "CertificateEntry"];

    private readonly MessageText texts;
    private readonly HashSet<string> tellers;
    private readonly List<SourceMessage> found = [];

    private MessageCollector(CSharpCompilation compilation)
    {
        texts = new(compilation);
        tellers = [.. compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<ParameterSyntax>()).Where(IsTold).Select(Owner), .. OfPlatform];
    }

    /// <summary>Every message of the source, each once, in the order of the files.</summary>
    public static IReadOnlyList<SourceMessage> Collect(string root) =>
    [
        .. SourceTree.Compilations(root).SelectMany(one => new MessageCollector(one.Compilation).Collect(one.Trees))
            .OrderByDescending(message => message.File, StringComparer.Ordinal) // what is said deeper belongs there, not to who repeats it
            .DistinctBy(message => (message.Text, message.Remedy))
            .OrderBy(message => message.File, StringComparer.Ordinal),
    ];

    private List<SourceMessage> Collect(IEnumerable<SyntaxTree> trees)
    {
        foreach (var tree in trees)
        {
            foreach (var node in tree.GetRoot().DescendantNodes())
                Visit(node);
        }

        return found;
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: > 0 } arguments } creation when MayTell(creation) && Symbol(creation) is IMethodSymbol constructor:
                Made(node, constructor, arguments);
                break;
            case ConstructorInitializerSyntax { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.BaseKeyword } initializer when Symbol(initializer) is IMethodSymbol constructor:
                Made(node, constructor, initializer.ArgumentList);
                break;
            case PrimaryConstructorBaseTypeSyntax initializer when Symbol(initializer) is IMethodSymbol constructor:
                Made(node, constructor, initializer.ArgumentList);
                break;
            case InvocationExpressionSyntax call when tellers.Contains(LastName(call.Expression)) && Symbol(call) is IMethodSymbol method:
                Called(call, method);
                break;
            case ReturnStatementSyntax or ArrowExpressionClauseSyntax when ReturnsProblem(node):
                Returned(node);
                break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } assignment when IsProblem(assignment, target):
                Add(node, texts.Of(assignment.Right), []);
                break;
        }
    }

    // What a name means is slow to find: only where a message can be told is it asked.
    private bool MayTell(BaseObjectCreationExpressionSyntax creation) => creation is not ObjectCreationExpressionSyntax named
        || tellers.Contains(LastName(named.Type)) || LastName(named.Type).EndsWith("Exception", StringComparison.Ordinal);

    private static string LastName(SyntaxNode name) => name switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.Text,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => "",
    };

    private static bool IsTold(ParameterSyntax parameter) => parameter.Identifier.Text.ToLowerInvariant() is var name
        && (Array.IndexOf(TextNames, name) >= 0 || Array.IndexOf(RemedyNames, name) >= 0);

    private static string Owner(ParameterSyntax parameter) => parameter.Parent?.Parent switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        _ => "",
    };

    /// <summary>A property of an object initialiser, such as <c>Detail = "..."</c>, or a parameter that is given out, such as <c>problem = "..."</c>.</summary>
    private bool IsProblem(AssignmentExpressionSyntax assignment, IdentifierNameSyntax target) =>
        Array.IndexOf(TextNames, target.Identifier.Text.ToLowerInvariant()) >= 0 && Symbol(target) switch
        {
            IPropertySymbol { Type.SpecialType: SpecialType.System_String } => assignment.Parent is InitializerExpressionSyntax,
            IParameterSymbol { Type.SpecialType: SpecialType.System_String, RefKind: RefKind.Out } => true,
            _ => false,
        };

    private void Made(SyntaxNode node, IMethodSymbol constructor, ArgumentListSyntax arguments)
    {
        if (!IsException(constructor.ContainingType))
        {
            Told(node, constructor, arguments);
            return;
        }

        var isInternal = IsInternal(constructor.ContainingType);
        if (constructor.ContainingType.Name == "Hdf5Exception" && arguments.Arguments.Count >= 3)
        {
            AddFileError(node, arguments);
            return;
        }

        foreach (var (parameter, argument) in Pairs(constructor, arguments))
        {
            if (argument is not null && parameter.Name != "paramName" && (IsText(parameter.Type) || parameter.IsParams))
                Add(node, texts.Of(argument), [], isInternal);
        }
    }

    /// <summary>"FILE: cannot OPERATION: REASON" of the two texts that are given.</summary>
    private void AddFileError(SyntaxNode node, ArgumentListSyntax arguments)
    {
        var file = node.SyntaxTree.FilePath;
        var operations = texts.Of(arguments.Arguments[1].Expression).DefaultIfEmpty(new("{operation}", file));
        var reasons = texts.Of(arguments.Arguments[2].Expression).DefaultIfEmpty(new("{reason}", file));
        Add(node, [.. operations.SelectMany(operation => reasons.Select(reason => new Said($"{{file}}: cannot {operation.Text}: {reason.Text}", file)))], []);
    }

    private void Called(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var arguments = call.ArgumentList.Arguments;
        var receiver = (call.Expression as MemberAccessExpressionSyntax)?.Expression.ToString() ?? "";
        var isLine = method.Name is "WriteLine" or "Write" && receiver == "Console.Error";
        var isRemark = method.Name == "Add" && receiver.EndsWith("Remarks", StringComparison.Ordinal);
        if (isLine || isRemark || method.Name == "AddError")
            Add(call, arguments.Count > 0 ? texts.Of(arguments[0].Expression) : [], []);
        else if (method.DeclaringSyntaxReferences.Length > 0)
            Told(call, method, call.ArgumentList);
    }

    /// <summary>What a method or record of the program is given as a message, and as its remedy.</summary>
    private void Told(SyntaxNode node, IMethodSymbol method, ArgumentListSyntax arguments)
    {
        if (method.DeclaringSyntaxReferences.Length == 0 && method.ContainingType.DeclaringSyntaxReferences.Length == 0)
            return;
        var isCheck = method.ContainingType.Name == "CertificateEntry";
        List<Said> messages = [], remedies = [];
        foreach (var (parameter, argument) in Pairs(method, arguments))
        {
            if (argument is null || !IsText(parameter.Type))
                continue;
            var name = parameter.Name.ToLowerInvariant();
            if (isCheck && name == "meaning")
                messages.AddRange(texts.Of(argument).Select(meaning => meaning with { Text = $"{CheckName(arguments)}: {meaning.Text}" }));
            else if (Array.IndexOf(TextNames, name) >= 0)
                messages.AddRange(texts.Of(argument));
            else if (Array.IndexOf(RemedyNames, name) >= 0)
                remedies.AddRange(texts.Of(argument));
        }

        Add(node, messages, remedies);
    }

    /// <summary>The name of an entry of the certificate, its first argument.</summary>
    private string CheckName(ArgumentListSyntax arguments) => texts.Of(arguments.Arguments[0].Expression) is [var name, ..] ? name.Text : "{name}";

    /// <summary>A function or property whose name or tuple says that it returns what is wrong: <c>WhyNot</c>, <c>Problem</c>, <c>(Message, Remedy)</c>.</summary>
    private bool ReturnsProblem(SyntaxNode node)
    {
        var owner = node.Ancestors().FirstOrDefault(one => one is MethodDeclarationSyntax or PropertyDeclarationSyntax or LocalFunctionStatementSyntax or LambdaExpressionSyntax);
        var (type, name) = owner switch
        {
            MethodDeclarationSyntax method => (method.ReturnType, method.Identifier.Text),
            PropertyDeclarationSyntax property => (property.Type, property.Identifier.Text),
            LocalFunctionStatementSyntax function => (function.ReturnType, function.Identifier.Text),
            _ => (null, ""),
        };
        if (type is null)
            return false;
        var written = type.ToString();
        return written.Contains("string Message, string Remedy", StringComparison.Ordinal) || written.Contains("string? Detail", StringComparison.Ordinal)
            || (written.TrimEnd('?') == "string" && (name.StartsWith("Why", StringComparison.Ordinal) || name is "Problem" or "Refusal"))
            || (name == "Describe" && owner!.Ancestors().OfType<ClassDeclarationSyntax>().Any(type => type.Identifier.Text == "OutcomeText"));
    }

    private void Returned(SyntaxNode node)
    {
        var value = node is ReturnStatementSyntax statement ? statement.Expression : ((ArrowExpressionClauseSyntax)node).Expression;
        foreach (var result in value is null ? [] : Branches(value))
        {
            if (result is TupleExpressionSyntax { Arguments: [var first, var second] })
                Add(node, texts.Of(first.Expression) is { Count: > 0 } said ? said : texts.Of(second.Expression), texts.Of(first.Expression).Count > 0 ? texts.Of(second.Expression) : []);
            else if (result is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax)
                Add(node, texts.Of(result), []);
        }
    }

    private static IEnumerable<ExpressionSyntax> Branches(ExpressionSyntax value) => value switch
    {
        ConditionalExpressionSyntax choice => Branches(choice.WhenTrue).Concat(Branches(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Branches(arm.Expression)),
        ParenthesizedExpressionSyntax inner => Branches(inner.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => Branches(either.Left).Concat(Branches(either.Right)),
        _ => [value],
    };

    private void Add(SyntaxNode node, IReadOnlyList<Said> messages, IReadOnlyList<Said> remedies, bool isInternal = false)
    {
        var remedy = OneLine(string.Join(" / ", remedies.Select(one => one.Text)));
        foreach (var message in messages)
            found.Add(new(OneLine(message.Text), remedy, message.File, isInternal));
        if (messages.Count == 0 && remedy.Length > 0)
            found.Add(new("{message}", remedy, node.SyntaxTree.FilePath, isInternal));
    }

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).TrimEnd();

    private static IEnumerable<(IParameterSymbol Parameter, ExpressionSyntax? Argument)> Pairs(IMethodSymbol method, ArgumentListSyntax arguments)
    {
        for (var i = 0; i < arguments.Arguments.Count; i++)
        {
            var argument = arguments.Arguments[i];
            var parameter = argument.NameColon is { } named
                ? method.Parameters.FirstOrDefault(one => one.Name == named.Name.Identifier.Text)
                : method.Parameters.ElementAtOrDefault(Math.Min(i, method.Parameters.Length - 1));
            if (parameter is not null)
                yield return (parameter, argument.Expression);
        }
    }

    private static bool IsText(ITypeSymbol type) => type.SpecialType == SpecialType.System_String
        || type is INamedTypeSymbol { IsGenericType: true } list && list.TypeArguments.Any(one => one.SpecialType == SpecialType.System_String);

    private static bool IsException(INamedTypeSymbol? type) => type is not null && (type.ToString() == "System.Exception" || IsException(type.BaseType));

    /// <summary>Exceptions of the platform for wrong arguments and calls; those for wrong input are the program's own.</summary>
    private static bool IsInternal(INamedTypeSymbol type) => type.ToString() is "System.ArgumentException" or "System.ArgumentOutOfRangeException"
        or "System.InvalidOperationException" or "System.NotSupportedException" or "System.Diagnostics.UnreachableException";

    private ISymbol? Symbol(SyntaxNode node) => texts.Symbol(node);
}
