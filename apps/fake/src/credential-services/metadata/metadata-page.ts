import { escapeXml } from "../../text/escape-xml.ts";
import type { WireReply } from "../../terms/wire.ts";

const ENCODER = new TextEncoder();

/**
 * Writes a refusal of instance metadata.
 *
 * @returns A page that states the status.
 */
export function metadataPage(status: number, message: string): WireReply {
  const title = escapeXml(`${status} - ${message}`);
  const lines = [
    '<?xml version="1.0" encoding="iso-8859-1"?>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"',
    '\t"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">',
    ` <head>\n  <title>${title}</title>\n </head>`,
    ` <body>\n  <h1>${title}</h1>\n </body>`,
    "</html>\n",
  ];
  return { status, headers: [["content-type", "text/html"]], body: ENCODER.encode(lines.join("\n")) };
}
