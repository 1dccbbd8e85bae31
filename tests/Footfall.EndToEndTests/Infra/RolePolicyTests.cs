namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// The roles' policies against AWS's own reference. That they allow nothing that nobody asks for is part of
/// <see cref="FullCycleTests"/>, where everything is asked for.
/// </summary>
[Collection(nameof(AppliedSystem))]
public sealed class RolePolicyTests(AppliedSystem system)
{
    private const string Table = "arn:aws:dynamodb:eu-central-1:123456789012:table/footfall-visits";

    [Theory]
    [InlineData("footfall-plan")]
    [InlineData("footfall-deploy")]
    public async Task Each_action_is_one_of_AWSs_and_bound_where_it_can_be(string role)
    {
        var data = new IamData();
        await system.StartAsync();
        var policy = await RolePolicy.ReadAsync(system.Emulator, role);

        Assert.Empty(policy.Check(data));
        Assert.DoesNotContain(policy.Actions, action => action.Contains('*', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dynamodb:GetItems", Table, "aws:ResourceTag/Project", "is no action")]
    [InlineData("dynamodb:DeleteTable", "*", "aws:ResourceTag/Project", "can be bound")]
    [InlineData("dynamodb:ListTables", Table, "aws:ResourceTag/Project", "knows no resources")]
    [InlineData("s3:GetObject", Table, "aws:ResourceTag/Project", "is asked for none of")]
    [InlineData("s3:GetObject", "arn:aws:s3:::bucket", "s3:authType", "is asked for none of")]
    [InlineData("s3:ListBucket", "arn:aws:s3:::bucket/*", "s3:authType", "is asked for none of")]
    [InlineData("dynamodb:DeleteTable", Table, "iam:PassedToService", "does not come with")]
    public void What_AWS_does_not_know_is_found(string action, string resource, string condition, string complaint)
    {
        var policy = new RolePolicy([new([action], [resource], [condition])]);

        Assert.Contains(complaint, Assert.Single(policy.Check(new IamData())), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_asks_for_is_found()
    {
        var policy = new RolePolicy([new(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::ours/*", "arn:aws:s3:::others/*"], [])]);

        Assert.Equal(
            ["s3:PutObject", "arn:aws:s3:::others/*"],
            policy.FindUnasked([("s3:GetObject", "arn:aws:s3:::ours/index.html"), ("s3:PutObject", "arn:aws:s3:::elsewhere/x")]));
    }

    [Theory]
    [InlineData("dynamodb:DeleteTable")]
    [InlineData("s3:DeleteBucket")]
    [InlineData("s3:DeleteObjectVersion")]
    [InlineData("route53:DeleteHostedZone")]
    [InlineData("lambda:DeleteFunction")]
    [InlineData("logs:DeleteLogGroup")]
    public async Task Without_being_asked_for_nothing_can_be_destroyed(string action)
    {
        await system.StartAsync();

        Assert.DoesNotContain(action, (await RolePolicy.ReadAsync(system.Emulator, "footfall-deploy")).Actions);
    }
}
