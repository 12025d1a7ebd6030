// The state of the page. All functions of the page take it as their first argument.
import type { CheckObsBucketsResponse, CreateTrackerResponse } from 'cts-tracker';
import type { Account } from '../account.js';
import type { Config } from '../config.js';
import type { Field } from '../field.js';
import type { Shell } from '../page.js';
import { type Outcome, RecordingClient } from '../recording-client.js';
import { TrackerForm } from './form.js';
import { type ValidatedForm, validateForm } from './validate.js';

export interface BucketCheck {
  /** Whether the check could not be sent because fields are missing or invalid. */
  isIncomplete: boolean;
  readonly result?: {
    /** Counts the checks, so that the same result is rendered again after a second check. */
    readonly number: number;
    readonly requestKey: string;
    readonly outcome: Outcome<CheckObsBucketsResponse>;
  };
}

export interface State {
  readonly config: Config;
  readonly account: Account;
  readonly form: TrackerForm;
  /** One client for all creations: after an unknown outcome it recognizes the conflict that follows. */
  readonly creationClient: RecordingClient;
  readonly checkClient: RecordingClient;
  /** The form as it was validated last. */
  validated: ValidatedForm;
  /** The name of the data tracker, kept while a management tracker is selected. */
  dataTrackerName: string;
  /** Whether the user has tried to create the tracker, so that all errors are shown. */
  isSubmitted: boolean;
  /** Aborts the creation that is in flight. */
  creation: AbortController | undefined;
  creationOutcome: Outcome<CreateTrackerResponse> | undefined;
  /** Whether the user must confirm that the last request did not create the tracker. */
  isLocked: boolean;
  isCheckingBucket: boolean;
  /** The last bucket check that the user asked for, until the form is reset. */
  bucketCheck: BucketCheck | undefined;
  /** The fields that the last service error may belong to, until the form is changed. */
  serviceError: { readonly error: Error; readonly fields: readonly Field[] } | undefined;
}

export function createState({ config, account }: Shell): State {
  const form = new TrackerForm(account);
  return {
    config,
    account,
    form,
    creationClient: new RecordingClient(),
    checkClient: new RecordingClient(),
    validated: validateForm(form.controls, form.pageValues),
    dataTrackerName: '',
    isSubmitted: false,
    creation: undefined,
    creationOutcome: undefined,
    isLocked: false,
    isCheckingBucket: false,
    bucketCheck: undefined,
    serviceError: undefined,
  };
}
