// The values of a form, derived from the types of the requests, which document the fields.
import type { CheckBucketRequest, DataTracker } from '../validation/wire.js';

type Absent<T> = T | null | undefined;

// The values that controls have: no value, `''`, or false if a box is not checked.
export type FormText = Absent<string | false>;
export type FormFlag = Absent<boolean | string>;
export type FormNumber = Absent<number | string | false>;
/** A list of strings. A single selected value may be a string. */
export type FormList = Absent<string | false | readonly FormText[]>;

/** The form of an object of a request. */
export type FormOf<T> = { [Field in keyof T]?: FormValue<NonNullable<T[Field]>> };

type FormValue<T> = [T] extends [string]
  ? FormText
  : [T] extends [boolean]
    ? FormFlag
    : [T] extends [number]
      ? FormNumber
      : [T] extends [readonly string[]]
        ? FormList
        : Absent<FormOf<T>>;

/**
 * The values of a form for CreateTracker, as HTML controls and form libraries hold them. The request does not contain
 * fields that are absent or `''`, fields other than flags that are false, and groups in which no field is filled. A flag
 * is true for `true`, `'on'` and `'true'`.
 */
export interface CreateTrackerForm extends FormOf<DataTracker> {}

/** The values of a form for CheckObsBuckets. */
export interface CheckObsBucketsForm {
  /** The buckets to check. */
  buckets?: Absent<readonly FormOf<CheckBucketRequest>[]>;
}

type Groups = {
  [Field in keyof DataTracker as NonNullable<DataTracker[Field]> extends readonly unknown[]
    ? never
    : NonNullable<DataTracker[Field]> extends object
      ? Field
      : never]-?: NonNullable<DataTracker[Field]>;
};

type Under<Name extends string, Group> = { [Field in keyof Group as `${Name}.${Field & string}`]: Group[Field] };
type Union<T> = (T extends unknown ? (value: T) => void : never) extends (value: infer All) => void ? All : never;
type FlatGroups = { [Name in keyof Groups]: Under<Name, FormOf<Groups[Name]>> };

/** The values of a form by the names of its controls, such as `'obs_info.bucket_name'`. */
export type CreateTrackerFlatForm = Omit<CreateTrackerForm, keyof Groups> & Union<FlatGroups[keyof FlatGroups]>;
/** The values of a form by the names of its controls, such as `'buckets.0.bucket_name'`. */
export type CheckObsBucketsFlatForm = Under<`buckets.${number}`, FormOf<CheckBucketRequest>>;
