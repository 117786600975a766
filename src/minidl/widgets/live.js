// Draws a picture that minidl.plots.record has written down: layers of pixels for what stands
// still, operations for what moves. The newest frame wins; nothing is drawn while nobody can see it.

const UNIT = 32; // steps in a screen pixel, as in minidl.plots.record
const FINE = 256; // the same for the shapes of marks
const POINTING = 50; // milliseconds between two messages of where the pointer is
const [MOVE, LINE, QUADRATIC, CUBIC, CLOSE] = [1, 2, 3, 4, 79]; // matplotlib's codes for corners

/** Return the bytes of a buffer on their own, so that numbers in them are aligned. */
const own = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);

/** Return a function that puts a coordinate on the screen's pixels, as Agg does. */
function snapping(width) {
  const half = Math.ceil(width) % 2 ? 0.5 : 0; // a line of odd width covers whole pixels
  return (value) => Math.floor(value + 0.5) + half;
}

/** Return the path of an operation in the screen's pixels; `scale` of them are one unit. */
function pathOf({ at, count }, bytes, scale, place = (value) => value) {
  const corners = new Int16Array(bytes, at, 3 * count);
  const x = (i) => place(corners[3 * i + 1] * scale);
  const y = (i) => place(corners[3 * i + 2] * scale);
  const path = new Path2D();
  for (let i = 0; i < count; i += 1) {
    const code = corners[3 * i];
    if (code === LINE) path.lineTo(x(i), y(i));
    else if (code === MOVE) path.moveTo(x(i), y(i));
    else if (code === CLOSE) path.closePath();
    else if (code === QUADRATIC) path.quadraticCurveTo(x(i), y(i), x(++i), y(i));
    else if (code === CUBIC) path.bezierCurveTo(x(i), y(i), x(++i), y(i), x(++i), y(i));
  }
  return path;
}

/** Set the pen of an operation. */
function setPen(context, op, scale) {
  context.fillStyle = op.fill;
  if (!op.stroke) return;
  const [offset, ...lengths] = (op.dash ?? [0]).map((value) => value * scale);
  context.strokeStyle = op.stroke;
  context.lineWidth = op.width * scale;
  context.lineCap = op.cap;
  context.lineJoin = op.join;
  context.lineDashOffset = offset;
  context.setLineDash(lengths);
}

function fillAndStroke(context, op, path) {
  if (op.fill) context.fill(path);
  if (op.stroke) context.stroke(path);
}

/** How each kind of operation is drawn; `scale` is the screen's pixels in a pixel of the page. */
const DRAW = {
  path(context, op, { bytes, scale }) {
    setPen(context, op, scale);
    const place = op.snap ? snapping((op.width ?? 0) * scale) : undefined;
    fillAndStroke(context, op, pathOf(op, bytes, scale / UNIT, place));
  },

  marks(context, op, { bytes, scale }) {
    setPen(context, op, scale);
    const path = pathOf(op, bytes, scale / FINE);
    const places = new Int16Array(bytes, op.places, 2 * op.marks);
    for (let i = 0; i < places.length; i += 2) {
      context.setTransform(1, 0, 0, 1, (places[i] * scale) / UNIT, (places[i + 1] * scale) / UNIT);
      fillAndStroke(context, op, path);
    }
  },

  image(context, op, { bytes, scale, scratch }) {
    const [x0, y0, x1, y1] = op.corners.map((value) => value * scale);
    const pixels = new Uint8ClampedArray(bytes, op.at, 4 * op.rows * op.columns);
    scratch.width = op.columns;
    scratch.height = op.rows;
    scratch.getContext("2d").putImageData(new ImageData(pixels, op.columns, op.rows), 0, 0);
    context.imageSmoothingEnabled = op.smooth;
    context.setTransform((x1 - x0) / op.columns, 0, 0, (y1 - y0) / op.rows, x0, y0);
    context.drawImage(scratch, 0, 0);
  },

  layer(context, op, { scale, bitmaps }) {
    const { bitmap, box } = bitmaps[op.number];
    context.drawImage(bitmap, ...box.map((value) => value * scale));
  },
};

/** Draw a frame from its lowest operation to its highest. */
function drawFrame(context, frame, picture) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  for (const op of frame.operations) {
    context.save();
    if (op.clip) {
      const [x, y, width, height] = op.clip.map((value) => value * picture.scale);
      const [left, top] = [Math.round(x), Math.round(y)];
      context.beginPath();
      context.rect(left, top, Math.round(x + width) - left, Math.round(y + height) - top);
      context.clip();
    }
    DRAW[op.kind](context, op, picture);
    context.restore();
  }
}

/** Decode layers, in the size in which they will be drawn. */
function decode(layers, scale) {
  const decoded = layers.map(async ({ png, box }) => {
    const [resizeWidth, resizeHeight] = box.slice(2).map((v) => Math.max(1, Math.round(v * scale)));
    const blob = new Blob([png], { type: "image/png" });
    const size = { resizeWidth, resizeHeight, resizeQuality: "medium" };
    return { bitmap: await createImageBitmap(blob, size), box };
  });
  return Promise.all(decoded);
}

/** Return the picture's element: fixed in size, narrower only where the page is. */
function makeCanvas({ width, height, alt }) {
  const canvas = document.createElement("canvas");
  canvas.className = "minidl-picture";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", alt);
  canvas.style.cssText =
    `display:block;width:${width}px;max-width:100%;aspect-ratio:${width}/${height};background:#fff`;
  return canvas;
}

/** Call back whenever the element's size or the screen's density changes; return how to end it. */
function watchSize(element, changed) {
  const sizes = new ResizeObserver(changed);
  sizes.observe(element);
  let density;
  const watchDensity = () => {
    density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    density.addEventListener("change", densityChanged, { once: true });
  };
  const densityChanged = () => {
    watchDensity();
    changed();
  };
  watchDensity();
  return () => {
    sizes.disconnect();
    density.removeEventListener("change", densityChanged);
  };
}

/** Give an attribute a value, unless it has it. */
function setAttribute(element, name, value) {
  if (value && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Let the sliders beside a picture tell a screen reader their names and the values that they show;
 * by themselves they tell no name, and the number of a stop or an exponent. Return how to end it.
 */
function voiceSliders(stage) {
  const voice = () => {
    for (const slider of stage.querySelectorAll(".widget-inline-hbox:has(.noUi-handle)")) {
      const handle = slider.querySelector(".noUi-handle");
      setAttribute(handle, "aria-label", slider.querySelector(".widget-label")?.textContent);
      setAttribute(handle, "aria-valuetext", slider.querySelector(".widget-readout")?.textContent);
    }
  };
  const changes = new MutationObserver(voice); // called when the slider has written its readout
  const attributeFilter = ["aria-valuetext"];
  changes.observe(stage, { subtree: true, childList: true, attributes: true, attributeFilter });
  voice();
  return () => changes.disconnect();
}

/** Return a function that tells the kernel seldom which frame has been drawn last. */
function makeTeller(model) {
  let [drawn, timer] = [0, null]; // each message makes the page repaint its signs of a busy kernel
  const tell = () => {
    timer = null;
    model.send({ seen: drawn });
  };
  const note = ({ id, ack }) => {
    drawn = id;
    if (ack && timer === null) timer = setTimeout(tell, ack);
  };
  return { note, stop: () => clearTimeout(timer) };
}

/** Return where in the picture an event of the pointer is, in the picture's pixels. */
const placeOf = ({ offsetX, offsetY }, canvas, width) =>
  [offsetX, offsetY].map((value) => (value * width) / canvas.clientWidth);

/** Tell the kernel where the pointer is over the picture, now and then; return how to end it. */
function watchPointer(model, canvas, { width }) {
  let [place, timer] = [null, null];
  const tell = () => {
    timer = null;
    model.send({ pointer: place });
  };
  const note = (event) => {
    place = placeOf(event, canvas, width);
    timer ??= setTimeout(tell, POINTING);
  };
  const kinds = ["pointermove", "pointerdown"]; // a finger does not hover
  kinds.forEach((kind) => canvas.addEventListener(kind, note));
  canvas.style.cursor = "crosshair";
  return () => {
    kinds.forEach((kind) => canvas.removeEventListener(kind, note));
    clearTimeout(timer);
  };
}

/** Tell the kernel where the picture is clicked; return how to end it. */
function watchClicks(model, canvas, { width }) {
  const tell = (event) => model.send({ click: placeOf(event, canvas, width) });
  canvas.addEventListener("click", tell);
  canvas.style.cursor = "crosshair";
  return () => canvas.removeEventListener("click", tell);
}

function render({ model, el }) {
  const about = model.get("about");
  const canvas = makeCanvas(about);
  const context = canvas.getContext("2d");
  const scratch = document.createElement("canvas");
  const teller = makeTeller(model);
  let shown = null; // layers that are decoded: their id, bitmaps and scale
  let waiting = null; // the frame for which layers are being decoded
  let asked = 0; // the request for the next moment to draw
  let closed = false;
  let stopVoicing = () => {};

  const scaleNow = () => (devicePixelRatio * (canvas.clientWidth || about.width)) / about.width;

  async function loadLayers() {
    const { id, layers } = model.get("still");
    const scale = scaleNow();
    if (waiting || !layers || (shown?.id === id && shown.scale === scale)) return;
    waiting = model.get("frame");
    const bitmaps = await decode(layers, scale);
    const frame = waiting;
    waiting = null;
    if (closed) {
      bitmaps.forEach(({ bitmap }) => bitmap.close());
      return;
    }
    shown?.bitmaps.forEach(({ bitmap }) => bitmap.close());
    shown = { id, bitmaps, scale };
    draw(model.get("frame").still === id ? model.get("frame") : frame);
    loadLayers(); // there may be newer ones by now
  }

  function draw(frame) {
    if (frame.still !== shown?.id) return; // its layers are on their way
    const [width, height] = [about.width, about.height].map((v) => Math.round(v * shown.scale));
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    drawFrame(context, frame, { ...shown, scratch, bytes: own(frame.data) });
    canvas.dataset.frame = frame.id;
    teller.note(frame);
  }

  function ask() {
    if (asked) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      draw(model.get("frame"));
    });
  }

  model.on("change:still", loadLayers);
  model.on("change:frame", ask);
  el.appendChild(canvas);
  const stopWatching = watchSize(canvas, () => {
    loadLayers();
    stopVoicing(); // by now the picture stands in its stage, or has left it
    const stage = el.closest(".minidl-explorer");
    stopVoicing = stage ? voiceSliders(stage) : () => {};
  });
  const stopPointing = about.pointer ? watchPointer(model, canvas, about) : () => {};
  const stopClicks = about.clicks ? watchClicks(model, canvas, about) : () => {};
  loadLayers();
  model.send({ density: devicePixelRatio });

  return () => {
    closed = true;
    model.off("change:still", loadLayers);
    model.off("change:frame", ask);
    stopWatching();
    stopVoicing();
    stopPointing();
    stopClicks();
    teller.stop();
    cancelAnimationFrame(asked);
    shown?.bitmaps.forEach(({ bitmap }) => bitmap.close());
  };
}

export default { render };
