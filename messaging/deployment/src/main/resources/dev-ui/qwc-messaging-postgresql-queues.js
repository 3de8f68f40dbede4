import { LitElement, html, css, nothing } from 'lit';
import { JsonRpc } from 'jsonrpc';
import { notifier } from 'notifier';
import { columnBodyRenderer, gridRowDetailsRenderer } from '@vaadin/grid/lit.js';
import '@vaadin/button';
import '@vaadin/grid';
import '@vaadin/grid/vaadin-grid-sort-column.js';
import '@vaadin/icon';
import '@vaadin/progress-bar';
import '@qomponent/qui-badge';

const REFRESH = 2000; // milliseconds

/** The queues with what they hold, and the dead letters of the one that is chosen. */
export class QwcMessagingPostgresqlQueues extends LitElement {

    // The refresh would fill the Dev UI log.
    jsonRpc = new JsonRpc(this, false);

    static styles = css`
        :host {
            display: flex;
            flex-direction: column;
            gap: 10px;
            height: 100%;
            padding: 0 10px 10px 10px;
        }
        h4 {
            margin: 0;
        }
        .bar {
            display: flex;
            align-items: center;
            gap: 20px;
        }
        .bar > h4 {
            flex: 1;
        }
        .failure {
            color: var(--lumo-error-text-color);
        }
        .muted {
            color: var(--lumo-contrast-50pct);
        }
        .queue {
            display: flex;
            gap: 8px;
        }
        .queue > span {
            overflow: hidden;
            text-overflow: ellipsis;
        }
        .details {
            display: flex;
            flex-direction: column;
            gap: 10px;
            padding: 10px 20px;
        }
        pre {
            margin: 0;
            max-height: 300px;
            overflow: auto;
            font-size: var(--lumo-font-size-s);
            white-space: pre-wrap;
            overflow-wrap: anywhere;
        }
        vaadin-button {
            cursor: pointer;
        }
    `;

    static properties = {
        _queues: { state: true },
        _failure: { state: true },
        _queue: { state: true },
        _deadLetters: { state: true },
        _opened: { state: true },
    };

    constructor() {
        super();
        this._queues = null;
        this._failure = null;
        this._queue = null;
        this._deadLetters = [];
        this._opened = [];
    }

    connectedCallback() {
        super.connectedCallback();
        this._refresh();
        this._timer = setInterval(() => this._refresh(), REFRESH);
    }

    disconnectedCallback() {
        clearInterval(this._timer);
        super.disconnectedCallback();
    }

    hotReload() {
        this._refresh();
    }

    async _refresh() {
        if (this._refreshing) {
            return;
        }
        this._refreshing = true;
        try {
            this._queues = (await this.jsonRpc.getQueues()).result;
            await this._refreshDeadLetters();
            this._failure = null;
        } catch (response) {
            this._failure = this._message(response);
        } finally {
            this._refreshing = false;
        }
    }

    async _refreshDeadLetters() {
        const queue = this._queue;
        if (queue === null) {
            return;
        }
        const deadLetters = (await this.jsonRpc.getDeadLetters({ queue })).result;
        if (queue === this._queue) {
            this._deadLetters = deadLetters;
            // The grid knows a row by its object.
            const opened = new Set(this._opened.map(letter => letter.id));
            this._opened = deadLetters.filter(letter => opened.has(letter.id));
        }
    }

    _message(response) {
        return response?.error?.message ?? String(response);
    }

    /** Calls a method, tells what came of it, and shows the queues as they are then. */
    async _act(call, done) {
        try {
            const { result } = await call();
            const text = done(result);
            // The notifier takes HTML: no name of a queue goes there.
            if (text) {
                notifier.showInfoMessage(text);
            }
        } catch (response) {
            this._failure = this._message(response);
            return;
        }
        await this._refresh();
    }

    render() {
        return html`
            ${this._failure ? html`<div class="failure" role="alert">${this._failure}</div>` : nothing}
            ${this._queues === null
                ? this._failure ? nothing : html`<vaadin-progress-bar indeterminate></vaadin-progress-bar>`
                : this._renderQueues()}
            ${this._queue === null ? nothing : this._renderDeadLetters()}
        `;
    }

    _renderQueues() {
        if (this._queues.length === 0) {
            return html`<p class="muted">There is no queue yet: there is one as soon as a message is sent to it, or a channel
                consumes it.</p>`;
        }
        return html`
            <vaadin-grid .items="${this._queues}" theme="no-border row-stripes compact" all-rows-visible>
                <vaadin-grid-sort-column path="queue" header="Queue" width="200px" resizable
                    ${columnBodyRenderer(this._renderQueue, [])}></vaadin-grid-sort-column>
                ${this._figureColumn('waiting', 'Waiting')}
                ${this._figureColumn('delayed', 'Delayed')}
                ${this._figureColumn('inFlight', 'In flight')}
                ${this._figureColumn('blocked', 'Blocked', '110px')}
                <vaadin-grid-sort-column path="dead" header="Dead letters" width="122px" flex-grow="0" text-align="end"
                    ${columnBodyRenderer(this._renderDead, [])}></vaadin-grid-sort-column>
                <vaadin-grid-column header="Oldest" width="78px" flex-grow="0" text-align="end"
                    ${columnBodyRenderer(row => html`${this._age(row.oldestAge)}`, [])}></vaadin-grid-column>
                <vaadin-grid-column header="Handled" width="80px" flex-grow="0" text-align="end"
                    ${columnBodyRenderer(row => html`${this._rate(row.handledPerSecond)}`, [])}></vaadin-grid-column>
                <vaadin-grid-column path="consumers" header="Consumers" width="95px" flex-grow="0" text-align="end">
                </vaadin-grid-column>
                <vaadin-grid-column width="124px" flex-grow="0"
                    ${columnBodyRenderer(this._renderPauseButton, [])}></vaadin-grid-column>
            </vaadin-grid>`;
    }

    _figureColumn(path, header, width = '97px') {
        return html`
            <vaadin-grid-sort-column path="${path}" header="${header}" width="${width}" flex-grow="0" text-align="end"
                ${columnBodyRenderer(row => this._renderFigure(row, path), [])}></vaadin-grid-sort-column>`;
    }

    _renderFigure(row, path) {
        return html`<span class="${row[path] === 0 ? 'muted' : ''}">${this._figure(row, path)}</span>`;
    }

    _figure(row, path) {
        return (row.isEstimated ? '≈ ' : '') + row[path].toLocaleString('en-US');
    }

    /** The number of dead letters, which shows them when it is clicked. */
    _renderDead(row) {
        return row.dead === 0
            ? this._renderFigure(row, 'dead')
            : html`<vaadin-button theme="small error" title="Show the dead letters" @click=${() => this._choose(row.queue)}>
                ${this._figure(row, 'dead')}
                <vaadin-icon slot="suffix" icon="font-awesome-solid:angle-down"></vaadin-icon>
            </vaadin-button>`;
    }

    _renderQueue(row) {
        return html`<div class="queue">
            <span title="${row.queue}">${row.queue}</span>
            ${row.isPaused ? html`<qui-badge small level="warning"><span>paused</span></qui-badge>` : nothing}
        </div>`;
    }

    _renderPauseButton(row) {
        return row.isPaused
            ? html`<vaadin-button theme="small" title="Let the consumers take messages again"
                @click=${() => this._act(() => this.jsonRpc.resume({ queue: row.queue }), () => null)}>
                <vaadin-icon slot="prefix" icon="font-awesome-solid:circle-play"></vaadin-icon> Resume
            </vaadin-button>`
            : html`<vaadin-button theme="small" title="Stop all consumers of the cluster from taking messages"
                @click=${() => this._act(() => this.jsonRpc.pause({ queue: row.queue }), () => null)}>
                <vaadin-icon slot="prefix" icon="font-awesome-solid:circle-pause"></vaadin-icon> Pause
            </vaadin-button>`;
    }

    _choose(queue) {
        this._queue = queue;
        this._deadLetters = [];
        this._opened = [];
        this._act(() => this.jsonRpc.getDeadLetters({ queue }), letters => {
            this._deadLetters = letters;
            return null;
        });
    }

    _renderDeadLetters() {
        const dead = this._queues?.find(row => row.queue === this._queue)?.dead ?? 0;
        const shown = this._deadLetters.length;
        return html`
            <div class="bar">
                <h4>Dead letters of ${this._queue}
                    ${shown < dead ? html`<span class="muted">(the latest ${shown})</span>` : nothing}</h4>
                <vaadin-button theme="small" ?disabled=${shown === 0} @click=${this._resendAll}>
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:paper-plane"></vaadin-icon> Resend all
                </vaadin-button>
                <vaadin-button theme="small tertiary" @click=${() => { this._queue = null; }}>
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:xmark"></vaadin-icon> Close
                </vaadin-button>
            </div>
            ${shown === 0 ? html`<p class="muted">None.</p>` : html`
                <vaadin-grid .items="${this._deadLetters}" .detailsOpenedItems="${this._opened}" theme="no-border row-stripes compact"
                    @active-item-changed=${this._toggle}
                    ${gridRowDetailsRenderer(this._renderDetails, [])}>
                    <vaadin-grid-column path="id" header="Id" auto-width flex-grow="0"></vaadin-grid-column>
                    <vaadin-grid-column header="Error" resizable
                        ${columnBodyRenderer(row => html`<span title="${row.error}">${row.error}</span>`, [])}></vaadin-grid-column>
                    <vaadin-grid-column path="attempts" header="Attempts" auto-width flex-grow="0" text-align="end">
                    </vaadin-grid-column>
                    <vaadin-grid-column header="Payload" auto-width flex-grow="0" text-align="end"
                        ${columnBodyRenderer(row => html`${this._size(row.payloadSize)}`, [])}></vaadin-grid-column>
                    <vaadin-grid-column header="Given up" auto-width flex-grow="0"
                        ${columnBodyRenderer(row => html`${this._time(row.diedAt)}`, [])}></vaadin-grid-column>
                    <vaadin-grid-column auto-width flex-grow="0"
                        ${columnBodyRenderer(this._renderLetterButtons, [])}></vaadin-grid-column>
                </vaadin-grid>`}`;
    }

    _toggle(event) {
        const letter = event.detail.value;
        if (letter) {
            this._opened = this._opened.includes(letter)
                ? this._opened.filter(other => other !== letter)
                : [...this._opened, letter];
        }
        event.target.activeItem = null;
    }

    _renderDetails(letter) {
        const headers = Object.entries(letter.headers);
        return html`
            <div class="details">
                <span class="muted">Sent ${this._time(letter.sentAt)}, ${letter.contentType}</span>
                ${letter.payload == null ? nothing : html`<pre>${letter.payload}</pre>`}
                ${headers.length === 0 ? nothing : html`<pre>${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</pre>`}
                <pre>${letter.stackTrace ?? letter.error}</pre>
            </div>`;
    }

    _renderLetterButtons(letter) {
        return html`
            <vaadin-button theme="small" @click=${event => this._resend(event, letter)}>
                <vaadin-icon slot="prefix" icon="font-awesome-solid:paper-plane"></vaadin-icon> Resend
            </vaadin-button>
            <vaadin-button theme="small error" @click=${event => this._drop(event, letter)}>
                <vaadin-icon slot="prefix" icon="font-awesome-solid:trash"></vaadin-icon> Drop
            </vaadin-button>`;
    }

    _resend(event, letter) {
        event.stopPropagation();
        this._act(() => this.jsonRpc.resend({ id: letter.id }), found => found
            ? `Sent message ${letter.id} again.` : `Message ${letter.id} is no dead letter any more.`);
    }

    _drop(event, letter) {
        event.stopPropagation();
        if (confirm(`Remove message ${letter.id} for good?`)) {
            this._act(() => this.jsonRpc.drop({ id: letter.id }), found => found
                ? `Removed message ${letter.id}.` : `Message ${letter.id} is no dead letter any more.`);
        }
    }

    _resendAll() {
        this._act(() => this.jsonRpc.resendAll({ queue: this._queue }), sent => sent === 1
            ? 'Sent 1 message again.' : `Sent ${sent.toLocaleString('en-US')} messages again.`);
    }

    // What is null in Java is missing here.
    _size(bytes) {
        if (bytes == null) {
            return 'binary';
        }
        return bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
    }

    _age(milliseconds) {
        if (milliseconds == null) {
            return '';
        }
        const seconds = milliseconds / 1000;
        return seconds < 10 ? `${seconds.toFixed(1)} s`
            : seconds < 120 ? `${Math.round(seconds)} s`
            : seconds < 7200 ? `${Math.round(seconds / 60)} min`
            : seconds < 172800 ? `${Math.round(seconds / 3600)} h`
            : `${Math.round(seconds / 86400)} days`;
    }

    _rate(perSecond) {
        return perSecond === 0 ? '' : `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en-US')}/s`;
    }

    _time(instant) {
        return new Date(instant).toLocaleString();
    }
}
customElements.define('qwc-messaging-postgresql-queues', QwcMessagingPostgresqlQueues);
