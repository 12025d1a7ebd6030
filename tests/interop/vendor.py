"""The vendor's SDK on a pipe: a JSON object a line in, one a line out. Its code is used as it is."""
import json
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions import exceptions
from huaweicloudsdkcore.http.http_config import HttpConfig
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from huaweicloudsdkcts import v3


def credentials(keys):
    made = BasicCredentials(keys["accessKeyId"], keys["secretAccessKey"], keys.get("projectId"))
    if keys.get("securityToken"):
        made = made.with_security_token(keys["securityToken"])
    return made


def model(name, value):
    """A request model of the SDK from a plain object, through the SDK's own attribute map."""
    kind = getattr(v3, name)
    attributes = {wire: attribute for attribute, wire in kind.attribute_map.items()}
    arguments = {}
    for wire, field in value.items():
        attribute = attributes[wire]
        of = kind.openapi_types[attribute]
        if isinstance(field, dict):
            field = model(of, field)
        elif isinstance(field, list) and field and isinstance(field[0], dict):
            field = [model(of[len("list["):-1], item) for item in field]
        arguments[attribute] = field
    return kind(**arguments)


def call(asked):
    config = HttpConfig.get_default_config()
    config.timeout = (5, 10)
    client = (v3.CtsClient.new_builder()
              .with_http_config(config)
              .with_credentials(credentials(asked["credentials"]))
              .with_endpoint(asked["endpoint"])
              .build())
    if asked["operation"] == "createTracker":
        request = v3.CreateTrackerRequest()
        method, body = client.create_tracker, "CreateTrackerRequestBody"
    else:
        request = v3.CheckObsBucketsRequest(domain_id=asked.get("domainId"))
        method, body = client.check_obs_buckets, "CheckObsBucketsRequestBody"
    if asked.get("body") is not None:
        request.body = model(body, asked["body"])
    try:
        response = method(request)
    except exceptions.ServiceResponseException as error:
        return {"exception": type(error).__name__, "status": error.status_code, "requestId": error.request_id,
                "errorCode": error.error_code, "errorMsg": error.error_msg}
    except exceptions.SdkException as error:
        return {"exception": type(error).__name__, "errorMsg": str(error)}
    return {"model": type(response).__name__, "status": response.status_code, "value": response.to_dict(),
            "raw": response.raw_content.decode()}


class Staged(Signer):
    """Keeps what the signer hashes."""

    def _process_canonical_request(self, request, signed_headers):
        self.canonical = super()._process_canonical_request(request, signed_headers)
        return self.canonical

    def _process_string_to_sign(self, canonical_request, time):
        self.string_to_sign = super()._process_string_to_sign(canonical_request, time)
        return self.string_to_sign


def sign(asked):
    keys = credentials(asked["credentials"])
    headers = dict(asked["headers"])
    # As the SDK's client does before it signs.
    if keys.security_token:
        headers["X-Security-Token"] = keys.security_token
    body = asked.get("body")
    request = SdkRequest(
        method=asked["method"], schema="https", host=asked["host"], resource_path=asked["path"],
        query_params=[tuple(pair) for pair in asked["query"]], header_params=headers,
        body=None if body is None else bytes.fromhex(body))
    signer = Staged(keys)
    signed = signer.sign(request)
    return {"canonicalRequest": signer.canonical, "stringToSign": signer.string_to_sign,
            "authorization": signed.header_params["Authorization"]}


if __name__ == "__main__":
    for line in sys.stdin:
        asked = json.loads(line)
        answer = call(asked) if "operation" in asked else [sign(one) for one in asked["sign"]]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
