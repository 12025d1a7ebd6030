// The texts of the tabs that show the request as code.
export const code = {
  'code.tabs': 'Request as code',
  'code.tab.request': 'Request',
  'code.tab.curl': 'curl',
  'code.tab.koocli': 'KooCLI',
  'code.tab.terraform': 'Terraform',
  'code.tab.node': 'Node',
  'code.tab.python': 'Python',
  'code.tab.go': 'Go',
  'code.tab.iam': 'IAM policy',
  'code.losses': 'Differences from the request',
  'code.koocli.dryRun': '--dryrun prints the request and sends nothing. Remove it to create the tracker.',
  'code.terraform.adopts': 'If a management tracker exists already, Terraform takes it over and changes its settings.',
  'code.terraform.agency': 'The provider may create the agency cts_admin_trust.',
  'code.terraform.isObsCreated': 'The bucket must exist: Terraform does not ask CTS to create it.',
  'code.terraform.needsBucket':
    'The file prefix, retention period, compression, sorting, verification, and encryption need a transfer bucket, so they are left out.',
  'code.terraform.project': 'The project is that of the provider.',
  'code.terraform.encryption': 'Trace files are encrypted exactly if kms_id is set.',
  'code.terraform.lifecycle': 'The retention period does not apply to a management tracker, so it is left out.',
  'code.terraform.noEvents': 'Without operations, the provider records both reads and writes.',
  'code.sdk.older':
    'SDK versions before 3.1.88 (March 2024) drop the agency, the organization, and the exclusion of services without an error.',
  'code.iam.agency': 'To create the agency cts_admin_trust, the user also needs permission to manage agencies in IAM.',
} as const;
