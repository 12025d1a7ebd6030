/** The URL of a path of the signing proxy, which the server of the console has beside its files. */
export const apiUrl = (path: string): URL => new URL(`api/${path}`, new URL('.', location.href));
