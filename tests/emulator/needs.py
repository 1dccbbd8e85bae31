"""What AWS asks for when a service is called: actions, each with the resource and the condition keys that it knows.

Actions are named as in AWS's service authorization reference, parameters as in the service's own model. Beside the call
itself that is what AWS's documentation of it says: tags given on creation, a role passed on, what an access log takes.
"""
import re
from urllib.parse import unquote

from flask import request
from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID

_MEMBERS = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem", "Get": "GetItem"}
_BUDGETS = {"CreateBudget": "ModifyBudget", "UpdateBudget": "ModifyBudget", "DeleteBudget": "ModifyBudget",
            "CreateNotification": "ModifyBudget", "DeleteNotification": "ModifyBudget",
            "ListTagsForResource": "ListTagsForResource"}
_TAGGING = {"acm": "AddTagsToCertificate", "iam": "TagRole"}

# By the parameter of its name in a bucket's address, as the actions are named that read and write it.
_BUCKET_SETTINGS = {
    "accelerate": "AccelerateConfiguration", "acl": "BucketAcl", "cors": "BucketCORS", "encryption": "EncryptionConfiguration",
    "lifecycle": "LifecycleConfiguration", "logging": "BucketLogging", "object-lock": "BucketObjectLockConfiguration",
    "ownershipControls": "BucketOwnershipControls", "policy": "BucketPolicy", "publicAccessBlock": "BucketPublicAccessBlock",
    "replication": "ReplicationConfiguration", "requestPayment": "BucketRequestPayment", "tagging": "BucketTagging",
    "versioning": "BucketVersioning", "website": "BucketWebsite",
}

# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
_ACCESS_LOG = ["CreateLogDelivery", "DeleteLogDelivery", "DescribeLogGroups", "DescribeResourcePolicies", "GetLogDelivery",
               "ListLogDeliveries", "PutResourcePolicy", "UpdateLogDelivery"]


def needs(call, service):
    """Triples of action, resource ("*" where AWS knows none) and condition keys."""
    if service == "s3":
        return [(action, resource, {}) for action, resource in _s3()]
    operation = call._get_action()
    call.parse_parameters(request._get_current_object())
    parameters = call.params
    prefix = "cloudwatch" if service == "monitoring" else service
    tags = {f"aws:RequestTag/{key}": value for key, value in _tags(parameters).items()}
    needed = [(f"{prefix}:{action}", resource, {**tags, **_resource_tags(resource)})
              for action, resource in _SERVICES[service](call, operation, parameters)]
    if tags:
        needed.append((f"{prefix}:{_TAGGING.get(service, 'TagResource')}", _made(call, service, needed[0][1]), tags))
    return needed + list(_beside(service, parameters))


def _tags(parameters):
    """Given with what is made, in whichever form the service has them."""
    parameters = parameters.get("DistributionConfigWithTags", parameters)
    tags = next((parameters[name] for name in ("Tags", "ResourceTags", "tags") if parameters.get(name)), [])
    tags = tags.get("Items", tags) if isinstance(tags, dict) else tags
    return tags if isinstance(tags, dict) else {tag["Key"]: tag["Value"] for tag in tags}


def _made(call, service, resource):
    """What a new thing will be called; AWS gives these an identifier of its own."""
    account = call.current_account
    return {"acm": f"arn:aws:acm:{call.region}:{account}:certificate/new",
            "cloudfront": f"arn:aws:cloudfront::{account}:distribution/new",
            # A group's tags are asked for without what is in it.
            "logs": resource.removesuffix(":*")}.get(service, resource)


def _resource_tags(resource):
    """Of what AWS identifies by numbers of its own, and so by tags."""
    service, region, account = (resource.split(":") + [""] * 4)[2:5]
    if service == "acm":
        certificate = get_backend("acm")[account][region]._certificates.get(resource)
        tags = certificate.tags if certificate else {}
    elif service == "cloudfront":
        tags = get_backend("cloudfront")[account]["aws"].tagger.get_tag_dict_for_resource(resource)
    elif service == "apigateway":
        tags = get_backend("apigatewayv2")[DEFAULT_ACCOUNT_ID][region].get_tags(resource)
    else:
        tags = {}
    return {f"aws:ResourceTag/{key}": value for key, value in tags.items()}


def _beside(service, parameters):
    role = parameters.get("Role")
    if service == "lambda" and role:
        yield "iam:PassRole", role, {"iam:PassedToService": "lambda.amazonaws.com"}
    if service == "scheduler" and parameters.get("Target"):
        yield "iam:PassRole", parameters["Target"]["RoleArn"], {"iam:PassedToService": "scheduler.amazonaws.com"}
    if service == "apigateway" and parameters.get("AccessLogSettings"):
        for action in _ACCESS_LOG:
            yield f"logs:{action}", "*", {}


# --- the call itself, service by service ----------------------------------------------------------------------------

def _s3():
    bucket, _, key = unquote(request.path).lstrip("/").partition("/")
    arn, given = f"arn:aws:s3:::{bucket}" + (f"/{key}" if key else ""), request.args
    verb = {"GET": "Get", "HEAD": "Get", "PUT": "Put", "DELETE": "Delete", "POST": "Put"}[request.method]
    if not bucket:
        return [("s3:ListAllMyBuckets", "*")]
    if key:
        return [(f"s3:{verb}Object" + ("Version" if "versionId" in given and verb != "Put" else ""), arn)]
    setting = next((_BUCKET_SETTINGS[name] for name in given if name in _BUCKET_SETTINGS), None)
    if setting:
        # A setting is taken away with the right to write it, a policy and a website with one of their own.
        verb = "Put" if verb == "Delete" and setting not in ("BucketPolicy", "BucketWebsite") else verb
        return [(f"s3:{verb}{setting}", arn)]
    if "delete" in given:
        deleted = re.findall("<Object>.*?</Object>", request.get_data(as_text=True), re.S)
        return [("s3:DeleteObject" + ("Version" if "<VersionId>" in one else ""), f"{arn}/{re.search('<Key>(.*?)</Key>', one)[1]}")
                for one in deleted]
    if "versions" in given:
        return [("s3:ListBucketVersions", arn)]
    return [({"Get": "s3:ListBucket", "Put": "s3:CreateBucket", "Delete": "s3:DeleteBucket"}[verb], arn)]


def _dynamodb(call, operation, parameters):
    here = f"arn:aws:dynamodb:{call.region}:{call.current_account}:table/"

    def table(name):
        return name if name.startswith("arn:") else here + name

    if operation.startswith("Transact"):
        return [(_MEMBERS[kind], table(item["TableName"]))
                for entry in parameters["TransactItems"] for kind, item in entry.items() if item]
    if operation.startswith("Batch"):
        return [(operation, table(name)) for name in parameters["RequestItems"]]
    name = parameters.get("TableName") or parameters.get("ResourceArn")
    return [(operation, table(name) if name else "*")]


def _lambda(call, operation, parameters):
    name = parameters.get("FunctionName") or parameters.get("Resource")
    arn = name if name.startswith("arn:") else f"arn:aws:lambda:{call.region}:{call.current_account}:function:{name}"
    return [(operation, arn + (f":{parameters['Qualifier']}" if parameters.get("Qualifier") else ""))]


def _logs(call, operation, parameters):
    if parameters.get("resourceArn"):
        return [(operation, parameters["resourceArn"])]
    group, stream = parameters.get("logGroupName"), parameters.get("logStreamName")
    return [(operation, f"arn:aws:logs:{call.region}:{call.current_account}:log-group:{group}:"
                        + (f"log-stream:{stream}" if stream else "*") if group else "*")]


def _iam(call, operation, parameters):
    name = parameters.get("RoleName")
    return [(operation, f"arn:aws:iam::{call.current_account}:role/{name}" if name else parameters.get("PolicyArn", "*"))]


def _scheduler(call, operation, parameters):
    name = request.path.rsplit("/", 1)[1]
    return [(operation, f"arn:aws:scheduler:{call.region}:{call.current_account}:schedule/default/{name}")]


def _sns(call, operation, parameters):
    here = f"arn:aws:sns:{call.region}:{call.current_account}:"
    return [(operation, next((parameters[name] for name in ("TopicArn", "ResourceArn", "SubscriptionArn") if parameters.get(name)),
                             here + str(parameters.get("Name"))))]


def _apigateway(call, operation, parameters):
    return [(call.method, f"arn:aws:apigateway:{call.region}::{unquote(call.path).removeprefix('/v2')}")]


def _budgets(call, operation, parameters):
    budget = parameters.get("Budget") or parameters.get("NewBudget") or parameters
    name = budget.get("BudgetName")
    return [(_BUDGETS.get(operation, "ViewBudget"),
             parameters.get("ResourceARN") or f"arn:aws:budgets::{call.current_account}:budget/{name}")]


def _monitoring(call, operation, parameters):
    here = f"{call.region}:{call.current_account}"
    dashboards = [parameters["DashboardName"]] if parameters.get("DashboardName") else parameters.get("DashboardNames", [])
    alarms = [parameters["AlarmName"]] if parameters.get("AlarmName") else parameters.get("AlarmNames", [])
    named = [f"arn:aws:cloudwatch::{call.current_account}:dashboard/{name}" for name in dashboards]
    # Whichever alarms are described, AWS asks for all.
    named += [f"arn:aws:cloudwatch:{here}:alarm:{'*' if operation == 'DescribeAlarms' else name}" for name in alarms]
    return [(operation, arn) for arn in named or [parameters.get("ResourceARN", "*")]]


def _cloudfront(call, operation, parameters):
    operation = operation.removesuffix("WithTags")
    kind, name = (request.path.split("/") + ["", ""])[2:4]
    arn = f"arn:aws:cloudfront::{call.current_account}:{kind}/{name}" if name else "*"
    return [(operation, parameters.get("Resource") or arn)]


def _acm(call, operation, parameters):
    return [(operation, parameters.get("CertificateArn", "*"))]


def _route53(call, operation, parameters):
    found = re.search(r"/(hostedzone|change)/([^/?]+)", request.path)
    return [(operation, f"arn:aws:route53:::{found[1]}/{found[2]}" if found else "*")]


def _wafv2(call, operation, parameters):
    here = f"arn:aws:wafv2:us-east-1:{call.current_account}:global/webacl"
    return [(operation, parameters.get("ResourceARN") or f"{here}/{parameters.get('Name')}/{parameters.get('Id') or 'new'}")]


def _sts(call, operation, parameters):
    return [(operation, "*")]


# By the name that a service has in the scope of a signature.
_SERVICES = {
    "acm": _acm, "apigateway": _apigateway, "budgets": _budgets, "cloudfront": _cloudfront, "dynamodb": _dynamodb,
    "iam": _iam, "lambda": _lambda, "logs": _logs, "monitoring": _monitoring, "route53": _route53, "scheduler": _scheduler,
    "sns": _sns, "sts": _sts, "wafv2": _wafv2,
}
