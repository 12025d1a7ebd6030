// What "Import" reads from Terraform code, without the page.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { notes, only, readImport, refusal } from './import-reading.mjs';

describe('Terraform', () => {
  const TEMPLATE = ['$', '{local.x["k"]}'].join('');
  const resource = (lines) => `resource "huaweicloud_cts_tracker" "main" {\n${lines}\n}\n`;

  test('what is not a literal is named with its source', () => {
    const text = resource(
      [
        'bucket_name = var.bucket',
        `file_prefix = "a-${TEMPLATE}"`,
        'compress_type = <<-EOT',
        '  gzip',
        '  EOT',
        'lts_enabled = !true',
        'validate_file = true ? true : false',
        'kms_id = join("-", [',
        '  "a", # }',
        '])',
        'exclude_service = [for s in ["KMS"] : s]',
        'count = 2',
        'lifecycle { prevent_destroy = true }',
      ].join('\n'),
    );
    assert.deepEqual(notes(text), [
      'argument lifecycle',
      'expression bucket_name var.bucket',
      `expression file_prefix "a-${TEMPLATE}"`,
      'heredoc compress_type <<-EOT',
      'expression lts_enabled !true',
      'expression validate_file true ? true : false',
      'expression kms_id join("-", [\n  "a", # }\n])',
      'expression exclude_service [for s in ["KMS"] : s]',
      'argument count',
    ]);
    assert.deepEqual(only(text).request, {
      tracker_type: 'system',
      tracker_name: 'system',
      agency_name: 'cts_admin_trust',
    });
  });

  test('comments, other blocks and several trackers', () => {
    const text = `# first
/* resource "huaweicloud_cts_tracker" "no" {} */
provider "huaweicloud" { region = var.region }
resource "huaweicloud_obs_bucket" "b" { bucket = "x" }
resource "huaweicloud_cts_data_tracker" "one" {
  name           = "one" // name
  data_bucket    = "c"   # bucket
  data_operation = [
    "READ", /* all */
    "WRITE",
  ]
}
${resource('kms_id = "k"')}`;
    const [one, main] = readImport(text);
    assert.deepEqual([one.name, main.name], ['one', 'main']);
    assert.deepEqual(one.request.data_bucket, { data_bucket_name: 'c', data_event: ['READ', 'WRITE'] });
    assert.equal(main.request.is_support_trace_files_encryption, true);
  });

  test('an error has its line and column', () => {
    assert.deepEqual(refusal(resource('a = [1, 2')), ['hcl.bracket', 3, 1, '}']);
    assert.deepEqual(refusal('resource "huaweicloud_cts_tracker" "a" {\n a = 1\n'), ['hcl.bracket', 1, 40, '{']);
    assert.deepEqual(refusal(resource('a = "x')), ['hcl.string', 2, 5, '']);
    assert.deepEqual(refusal(resource('a =')), ['hcl.value', 2, 4, '']);
    assert.deepEqual(refusal(resource('a = <<EOT\n x')), ['hcl.heredoc', 2, 5, 'EOT']);
    assert.deepEqual(refusal(resource('a = "\\x"')), ['json.escape', 2, 6, '']);
    assert.deepEqual(refusal(resource('/* a')), ['hcl.comment', 2, 1, '']);
    assert.deepEqual(refusal(`resource "a${TEMPLATE}" "c" {}`), ['hcl.block', 1, 10, 'resource']);
    assert.deepEqual(refusal(resource('? = 1')), ['hcl.name', 2, 1, '']);
    assert.deepEqual(refusal('resource "x" "y" {}'), ['hcl.noResource', 1, 1, '']);
    assert.equal(refusal(resource(`a = ${'['.repeat(100_000)}`))[0], 'json.deep');
  });
});
