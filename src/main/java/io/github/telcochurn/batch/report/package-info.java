/** How the figures of a batch run are shown: Markdown, HTML, JSON, CSV. */
package io.github.telcochurn.batch.report;
