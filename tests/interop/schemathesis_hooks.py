"""Signs the requests of Schemathesis with the vendor's signer. Valid requests may fail only because of the state."""
import json
import os
from urllib.parse import parse_qsl, urlsplit

import requests
import schemathesis
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer


class Signed(requests.auth.AuthBase):
    def __call__(self, request):
        url = urlsplit(request.url)
        headers = {"Host": url.netloc}
        if "Content-Type" in request.headers:
            headers["Content-Type"] = request.headers["Content-Type"]
        keys = BasicCredentials(os.environ["EMULATOR_AK"], os.environ["EMULATOR_SK"], "unused")
        signed = Signer(keys).sign(SdkRequest(
            method=request.method, schema=url.scheme, host=url.netloc, resource_path=url.path,
            query_params=parse_qsl(url.query, keep_blank_values=True), header_params=headers, body=request.body))
        request.headers.update(signed.header_params)
        return request


schemathesis.auth.set_from_requests(Signed())

# What a request that the schema allows can still meet: quotas, names, buckets and keys that are there or not; and
# data_bucket_name equal to bucket_name (CTS.0213), which JSON Schema cannot say.
STATE = {f"CTS.{number}" for number in
         ("0200", "0201", "0208", "0209", "0211", "0213", "0215", "0222", "0229")}


@schemathesis.check
def valid_data_fails_for_the_state_alone(ctx, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 400:
        return
    if case.method.upper() != "POST":
        return
    code = json.loads(response.content)["error_code"]
    assert code in STATE, f"{code} to a request that the schema allows"
