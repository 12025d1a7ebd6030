import { createCtsClient, isCtsError } from 'cts-tracker';

const client = createCtsClient({ baseUrl: '/', projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' });
const output = document.querySelector('output');

document.querySelector('button')?.addEventListener('click', async () => {
  try {
    const { id } = await client.createTracker({
      tracker_type: 'system',
      obs_info: { bucket_name: 'test-data-tracker' },
    });
    output?.replaceChildren(`Created ${id}`);
  } catch (error) {
    if (!isCtsError(error)) throw error;
    output?.replaceChildren(error.message);
  }
});
