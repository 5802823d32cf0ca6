/** IndexedDB in promises. */

export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * The same for the last request of a transaction, which then ends without the page: a page that the browser puts away
 * would never end it, and every other page would wait for it.
 */
export function lastAnswer<T>(request: IDBRequest<T>): Promise<T> {
  request.transaction?.commit();
  return answer(request);
}

/** Resolves once all that is written in the transaction of a store is kept. */
export function kept({ transaction }: IDBObjectStore): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
