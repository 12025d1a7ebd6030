/** The form's first values with the emulator, which accepts any ID. Its buckets are in this region. */
export const SAMPLE = {
  region: 'cn-north-1',
  projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01',
  domainId: '9b1a2c3d4e5f60718293a4b5c6d7e8f9',
};
