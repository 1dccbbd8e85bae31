"""IAM: an assumed role may do what its policies allow, and nothing else; whoever has other keys is the administrator.

Checked are action, resource (of the services in _RESOURCES; of the others the action alone), and the conditions in
_CONTEXT. Not checked: signatures, whom a role trusts, and iam:PassRole, which AWS asks for without a call of its own.
moto's own check knows no resources of DynamoDB, refuses everything where it knows none, and knows no boundaries.
"""
import json
import re
from urllib.parse import unquote

from moto.core.authorization import ActionAuthenticatorMixin
from moto.iam.access_control import IAMPolicy
from moto.iam.models import iam_backends
from moto.s3.exceptions import S3AccessDeniedError
from moto.sts.models import sts_backends
from werkzeug.exceptions import HTTPException

from patching import replace


def apply():
    replace(ActionAuthenticatorMixin, "_authenticate_and_authorize_action", lambda _: _authorize)


class Denied(HTTPException):
    code = 403

    def __init__(self, is_json, message):
        if is_json:
            self.description = json.dumps({"__type": "AccessDeniedException", "message": message, "Message": message})
            self.code = 400
        else:
            self.description = (
                "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                f"<Message>{message}</Message></Error></ErrorResponse>")


def _authorize(self, iam_request_cls, resource="*"):
    scope = re.search(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/", self.headers.get("Authorization", ""))
    if not scope:
        return
    key, service = scope.groups()
    role = next((session.role_arn.rsplit("/", 1)[1]
                 for account in sts_backends.values() for session in account["aws"].assumed_roles
                 if session.access_key_id == key), None)
    if role is None:
        return

    for action, arn in _needs(self, service, resource):
        if action != "sts:GetCallerIdentity" and not _allows(role, action, arn, _context(self, action)):
            message = f"{role} is not authorized to perform {action} on {arn or 'any resource'}"
            print(f"emulator: {message}", flush=True)
            speaks_json = service in ("apigateway", "lambda") or "json" in self.headers.get("Content-Type", "")
            raise S3AccessDeniedError() if service == "s3" else Denied(speaks_json, message)


# --- what a call asks for -------------------------------------------------------------------------------------------

_MEMBERS = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem", "Get": "GetItem"}
_S3 = {"HeadBucket": "ListBucket"}
_BUDGETS = {"CreateBudget": "ModifyBudget", "UpdateBudget": "ModifyBudget", "DeleteBudget": "ModifyBudget",
            "ListTagsForResource": "ListTagsForResource"}


def _needs(self, service, resource):
    """The pairs of action and resource; None for a resource that is not known."""
    action, arn = self._get_action(), f"{self.region}:{self.current_account}"
    body = _json(self) if service in ("dynamodb", "logs", "lambda") else {}
    match service:
        case "dynamodb" if action.startswith("Transact"):
            return [(f"dynamodb:{_MEMBERS[kind]}", _table(arn, item["TableName"]))
                    for entry in body["TransactItems"] for kind, item in entry.items()]
        case "dynamodb":
            name = body.get("TableName") or body.get("ResourceArn")
            return [(f"dynamodb:{action}", _table(arn, name) if name else "*")]
        case "logs":
            group, stream = body.get("logGroupName"), body.get("logStreamName")
            named = f"arn:aws:logs:{arn}:log-group:{group}" + (f":log-stream:{stream}" if stream else "")
            return [(f"logs:{action}", named if group else body.get("resourceArn", "*"))]
        case "lambda":
            name = body.get("FunctionName") or unquote(re.search(r"/(?:functions|tags)/([^/?]+)", self.path)[1])
            return [(f"lambda:{action}", name if name.startswith("arn:") else f"arn:aws:lambda:{arn}:function:{name}")]
        case "iam":
            name, policy = self._get_param("RoleName"), self._get_param("PolicyArn")
            return [(f"iam:{action}", f"arn:aws:iam::{self.current_account}:role/{name}" if name else policy or "*")]
        case "sns":
            topic, name = self._get_param("TopicArn") or self._get_param("ResourceArn"), self._get_param("Name")
            return [(f"sns:{action}", topic or self._get_param("SubscriptionArn") or f"arn:aws:sns:{arn}:{name}")]
        case "s3":
            return [(f"s3:{_S3.get(action, action)}", resource)]
        case "apigateway":
            return [(f"apigateway:{self.method}", f"arn:aws:apigateway:{self.region}::{unquote(self.path).removeprefix('/v2')}")]
        case "budgets":
            return [(f"budgets:{_BUDGETS.get(action, 'ViewBudget')}", None)]
        case "cloudfront" if action == "CreateDistributionWithTags":
            return [("cloudfront:CreateDistribution", None), ("cloudfront:TagResource", None)]
        case "monitoring":
            return [(f"cloudwatch:{action}", None)]
        case _:
            return [(f"{service}:{action}", None)]


def _json(self):
    try:
        return json.loads(self.raw_body or b"{}")
    except ValueError:
        return {}


def _table(arn, name):
    return name if name.startswith("arn:") else f"arn:aws:dynamodb:{arn}:table/{name}"


def _context(self, action):
    """The condition keys of a call."""
    if not action.startswith("iam:"):
        return {}
    boundary = self._get_param("PermissionsBoundary")
    if boundary is None:
        roles = iam_backends[self.current_account]["aws"].roles.values()
        boundary = next((r.permissions_boundary_arn for r in roles if r.name == self._get_param("RoleName")), None)
    return {"iam:PermissionsBoundary": boundary}


# --- what a role may ------------------------------------------------------------------------------------------------

def _allows(role_name, action, arn, context):
    for account in iam_backends.values():
        backend = account["aws"]
        role = next((r for r in backend.roles.values() if r.name == role_name), None)
        if role is None:
            continue
        own = [IAMPolicy(policy)._policy_json for policy in
               [*role.policies.values(), *role.managed_policies.values()]]
        arn_of_boundary = role.permissions_boundary_arn
        boundary = [IAMPolicy(backend.managed_policies[arn_of_boundary])._policy_json] if arn_of_boundary else own
        return all(any(_permits(s, action, arn, context) for p in policies for s in p["Statement"])
                   for policies in (own, boundary))
    return False


def _permits(statement, action, arn, context):
    if statement["Effect"] != "Allow" or not {"Effect", "Action", "Resource", "Sid", "Condition"} >= statement.keys():
        raise NotImplementedError(f"the emulator does not understand the statement {statement}")
    return (_like(statement["Action"], action)
            and (arn is None or _like(statement["Resource"], arn))
            and all(_holds(*item, context) for item in statement.get("Condition", {}).items()))


def _holds(operator, wanted, context):
    if operator != "StringEquals":
        raise NotImplementedError(f"the emulator does not understand the condition {operator}")
    return all(context.get(key) == value for key, value in wanted.items())


def _like(patterns, value):
    return any(re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), value, re.S | re.I)
               for pattern in ([patterns] if isinstance(patterns, str) else patterns))
