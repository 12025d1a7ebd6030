// The signing proxy as a Cloudflare Worker.
import { createSigningProxy, type SigningProxy } from 'cts-tracker/proxy';

interface Env {
  readonly HUAWEICLOUD_SDK_AK: string;
  readonly HUAWEICLOUD_SDK_SK: string;
  readonly ALLOWED_HOST: string;
  /** Set it to use an emulator. */
  readonly CTS_ENDPOINT?: string;
}

let proxy: SigningProxy | undefined;

function proxyOf({ HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, ALLOWED_HOST, CTS_ENDPOINT }: Env): SigningProxy {
  return createSigningProxy({
    ...(CTS_ENDPOINT ? { endpoint: CTS_ENDPOINT } : { region: 'eu-west-0' }),
    credentials: { accessKeyId: HUAWEICLOUD_SDK_AK, secretAccessKey: HUAWEICLOUD_SDK_SK },
    allowedHosts: [ALLOWED_HOST],
    ratePerClient: { perMinute: 60, key: (request) => request.headers.get('cf-connecting-ip') ?? '' },
  });
}

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    proxy ??= proxyOf(env);
    return proxy.fetch(request);
  },
};
