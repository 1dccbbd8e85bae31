using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2.Model;

namespace Footfall.ScaleBench;

/// <summary>As much of DynamoDB's expressions as the store uses.</summary>
/// <param name="names">Placeholders of attribute names; may be null.</param>
/// <param name="values">Placeholders of values; may be null.</param>
internal sealed partial class Expression(
    string text, Dictionary<string, string>? names, Dictionary<string, AttributeValue>? values)
{
    private readonly string[] tokens = [.. Tokens().Matches(text).Select(match => match.Value)];
    private int position;

    /// <summary>Whether a condition holds for an item; an item that does not exist has no attributes.</summary>
    public bool Holds(Dictionary<string, AttributeValue> item)
    {
        position = 0;
        return Or(item);
    }

    /// <summary>The item after an update.</summary>
    public void Apply(Dictionary<string, AttributeValue> item)
    {
        position = 0;
        var action = "";
        while (position < tokens.Length)
        {
            if (tokens[position] is "ADD" or "SET" or "REMOVE")
            {
                action = tokens[position++];
            }

            var name = Name();
            switch (action)
            {
                case "ADD":
                    item[name] = Sum(item.GetValueOrDefault(name), Value());
                    break;
                case "SET":
                    Take("=");
                    item[name] = Value();
                    break;
                default:
                    item.Remove(name);
                    break;
            }

            if (position < tokens.Length && tokens[position] == ",")
            {
                position++;
            }
        }
    }

    private bool Or(Dictionary<string, AttributeValue> item)
    {
        var holds = And(item);
        while (position < tokens.Length && tokens[position] == "OR")
        {
            position++;
            holds |= And(item);
        }

        return holds;
    }

    private bool And(Dictionary<string, AttributeValue> item)
    {
        var holds = Term(item);
        while (position < tokens.Length && tokens[position] == "AND")
        {
            position++;
            holds &= Term(item);
        }

        return holds;
    }

    private bool Term(Dictionary<string, AttributeValue> item)
    {
        if (tokens[position] == "(")
        {
            position++;
            var inner = Or(item);
            Take(")");
            return inner;
        }

        if (tokens[position] is "attribute_exists" or "attribute_not_exists")
        {
            var isWanted = tokens[position++] == "attribute_exists";
            Take("(");
            var exists = item.ContainsKey(Name());
            Take(")");
            return exists == isWanted;
        }

        var left = item.GetValueOrDefault(Name());
        var comparison = tokens[position++];
        var right = Value();
        return left is not null && comparison switch
        {
            "=" => Compare(left, right) == 0,
            "<" => Compare(left, right) < 0,
            "<=" => Compare(left, right) <= 0,
            _ => throw new NotSupportedException(comparison),
        };
    }

    private string Name()
    {
        var token = tokens[position++];
        return token[0] == '#' ? names![token] : token;
    }

    private AttributeValue Value() => values![tokens[position++]];

    private void Take(string token)
    {
        if (tokens[position++] != token)
        {
            throw new NotSupportedException(text);
        }
    }

    private static AttributeValue Sum(AttributeValue? left, AttributeValue right) => new()
    {
        N = (Number(left) + Number(right)).ToString(CultureInfo.InvariantCulture),
    };

    private static int Compare(AttributeValue left, AttributeValue right) =>
        left.N is null ? string.CompareOrdinal(left.S, right.S) : Number(left).CompareTo(Number(right));

    private static long Number(AttributeValue? value) =>
        value is null ? 0 : long.Parse(value.N, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[#:]?\w+|<=|[=<(),]", RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();
}
