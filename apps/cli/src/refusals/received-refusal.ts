/** How a service refused a request. */
export interface ReceivedRefusal {
  readonly status: number;
  /** The `error.type` of the Claude API, or the exception of AWS; empty where it names none. */
  readonly type: string;
  /** In the words of the service. */
  readonly message: string;
}
