import { constraintsFor, fieldLabel } from 'cts-tracker';
import type { ReactNode } from 'react';
import type { FieldName } from './tracker-form.js';

interface Props {
  name: FieldName;
  required: boolean;
  value: unknown;
  error: string | undefined;
  warnings: readonly string[] | undefined;
  children: ReactNode;
}

/** A control with its label, its errors, its warnings, and a counter if its length is limited. */
export function Field({ name, required, value, error, warnings = [], children }: Props) {
  const { maxLength } = constraintsFor(name);
  return (
    <p>
      <label>
        {fieldLabel(name)} {required && '*'} {children}
      </label>{' '}
      {/* Code points, as the rules count them. */}
      {maxLength !== undefined && <output>{`${[...String(value)].length} / ${maxLength}`}</output>}
      {error !== undefined && <strong role="alert">{error}</strong>}
      {warnings.map((warning) => (
        <em key={warning}>{warning}</em>
      ))}
    </p>
  );
}
