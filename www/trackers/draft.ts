// A request that would create a tracker like an existing one. Pure.
import type { Tracker } from 'cts-tracker';

type Fields = Readonly<Record<string, unknown>>;

/** Without fields that are absent, and without empty texts and zeros, by which the service says that there is no bucket. */
const given = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '' && value !== 0));

export function draftOf(tracker: Tracker): Record<string, unknown> {
  const { obs_info: obs, data_bucket: data, lts } = tracker;
  return given({
    tracker_type: tracker.tracker_type,
    tracker_name: tracker.tracker_name,
    agency_name: tracker.agency_name,
    is_lts_enabled: lts?.is_lts_enabled,
    is_organization_tracker: tracker.is_organization_tracker,
    management_event_selector: tracker.management_event_selector,
    obs_info:
      obs?.bucket_name === undefined || obs.bucket_name === ''
        ? undefined
        : given({
            bucket_name: obs.bucket_name,
            file_prefix_name: obs.file_prefix_name,
            // The bucket exists, so CTS must not create it.
            is_obs_created: false,
            bucket_lifecycle: tracker.tracker_type === 'data' ? obs.bucket_lifecycle : undefined,
            compress_type: obs.compress_type,
            is_sort_by_service: obs.is_sort_by_service,
          }),
    is_support_trace_files_encryption: tracker.is_support_trace_files_encryption,
    kms_id: tracker.kms_id,
    is_support_validate: tracker.is_support_validate,
    data_bucket: data && given({ data_bucket_name: data.data_bucket_name, data_event: data.data_event }),
  });
}
