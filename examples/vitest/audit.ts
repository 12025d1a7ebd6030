import { type CtsClient, isCtsError } from 'cts-tracker';

/** What a host does: records the writes to a bucket. Returns the ID of the tracker, or why there is none. */
export async function auditWrites(client: CtsClient, bucket: string): Promise<string> {
  try {
    const tracker = await client.createTracker({
      tracker_type: 'data',
      tracker_name: `writes-to-${bucket}`,
      data_bucket: { data_bucket_name: bucket, data_event: ['WRITE'] },
    });
    return tracker.id ?? 'no ID';
  } catch (error) {
    if (!isCtsError(error)) throw error;
    return error.mayAlreadyExist ? 'perhaps created' : (error.errorCode ?? error.kind);
  }
}
