"""Calls the unmodified SDK of the vendor. Reads a JSON object per line and writes one per line."""
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
    """Makes a request model of the SDK from a plain object with the SDK's attribute map."""
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


def call(message):
    config = HttpConfig.get_default_config()
    config.timeout = (5, 10)
    client = (v3.CtsClient.new_builder()
              .with_http_config(config)
              .with_credentials(credentials(message["credentials"]))
              .with_endpoint(message["endpoint"])
              .build())
    if message["operation"] == "createTracker":
        request = v3.CreateTrackerRequest()
        method, body = client.create_tracker, "CreateTrackerRequestBody"
    elif message["operation"] == "listTrackers":
        request = v3.ListTrackersRequest(tracker_name=message.get("trackerName"),
                                         tracker_type=message.get("trackerType"))
        method, body = client.list_trackers, None
    else:
        request = v3.CheckObsBucketsRequest(domain_id=message.get("domainId"))
        method, body = client.check_obs_buckets, "CheckObsBucketsRequestBody"
    if message.get("body") is not None:
        request.body = model(body, message["body"])
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
    """Records the input of the signer's hash."""

    def _process_canonical_request(self, request, signed_headers):
        self.canonical = super()._process_canonical_request(request, signed_headers)
        return self.canonical

    def _process_string_to_sign(self, canonical_request, time):
        self.string_to_sign = super()._process_string_to_sign(canonical_request, time)
        return self.string_to_sign


def sign(message):
    keys = credentials(message["credentials"])
    headers = dict(message["headers"])
    # As the SDK's client does before it signs.
    if keys.security_token:
        headers["X-Security-Token"] = keys.security_token
    body = message.get("body")
    request = SdkRequest(
        method=message["method"], schema="https", host=message["host"], resource_path=message["path"],
        query_params=[tuple(pair) for pair in message["query"]], header_params=headers,
        body=None if body is None else bytes.fromhex(body))
    signer = Staged(keys)
    signed = signer.sign(request)
    return {"canonicalRequest": signer.canonical, "stringToSign": signer.string_to_sign,
            "authorization": signed.header_params["Authorization"]}


if __name__ == "__main__":
    for line in sys.stdin:
        message = json.loads(line)
        answer = call(message) if "operation" in message else [sign(one) for one in message["sign"]]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
