// The vendor's Go SDK. The body is decoded from JSON, so every value can be written, also one that the SDK has no
// constant for.
import { type Generate, projectIdOr } from './snippet.js';
import { sdkLosses } from './vendor-sdk.js';

/** A raw string of Go cannot contain a backquote. */
const rawString = (json: string): string => `\`${json.replaceAll('`', '\\u0060')}\``;

export const go: Generate = ({ draft, projectId, region }) => ({
  code: `package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	cts "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/cts/v3"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/cts/v3/model"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/cts/v3/region"
)

const body = ${rawString(JSON.stringify(draft, null, 2))}

func main() {
	credentials, err := basic.NewCredentialsBuilder().
		WithAk(os.Getenv("HUAWEICLOUD_SDK_AK")).
		WithSk(os.Getenv("HUAWEICLOUD_SDK_SK")).
		WithProjectId(${JSON.stringify(projectIdOr(projectId))}).
		SafeBuild()
	if err != nil {
		log.Fatal(err)
	}
	endpoint, err := region.SafeValueOf(${JSON.stringify(region)})
	if err != nil {
		log.Fatal(err)
	}
	http, err := cts.CtsClientBuilder().WithRegion(endpoint).WithCredential(credentials).SafeBuild()
	if err != nil {
		log.Fatal(err)
	}

	request := &model.CreateTrackerRequest{Body: &model.CreateTrackerRequestBody{}}
	if err := json.Unmarshal([]byte(body), request.Body); err != nil {
		log.Fatal(err)
	}
	response, err := cts.NewCtsClient(http).CreateTracker(request)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(response)
}
`,
  losses: sdkLosses(draft),
});
