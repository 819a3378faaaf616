// The block in the editor: its settings and a picture of what it will be. No build step: this is what WordPress runs.
(function (blocks, blockEditor, components, element, i18n) {
  const h = element.createElement;
  const __ = (text) => i18n.__(text, "curtain-up");
  const choice = (props, name, label, words) =>
    h(components.SelectControl, {
      label,
      value: props.attributes[name],
      options: [{ value: "", label: __("As the page has it") }, ...words.map((word) => ({ value: word, label: word }))],
      onChange: (value) => props.setAttributes({ [name]: value }),
    });
  const line = (props, name, label, help) =>
    h(components.TextControl, {
      label,
      help,
      value: props.attributes[name],
      onChange: (value) => props.setAttributes({ [name]: value }),
    });

  blocks.registerBlockType("curtain-up/event", {
    apiVersion: 2,
    title: "Curtain Up",
    description: __("Registration form, countdown and room of a webinar."),
    icon: "video-alt2",
    category: "embed",
    keywords: ["webinar", "event", "registration"],
    attributes: Object.fromEntries(
      ["event", "text", "lang", "theme", "view", "layout"].map((name) => [name, { type: "string", default: "" }]),
    ),
    edit: (props) =>
      h(
        "div",
        blockEditor.useBlockProps(),
        h(
          blockEditor.InspectorControls,
          null,
          h(
            components.PanelBody,
            { title: __("Look") },
            choice(props, "layout", __("Layout"), ["inline", "button"]),
            choice(props, "view", __("First view"), ["form", "resend", "enter", "countdown"]),
            choice(props, "theme", __("Theme"), ["auto", "light", "dark"]),
            line(props, "lang", __("Language"), __("Such as de; nothing: the page's own.")),
          ),
        ),
        h(
          components.Placeholder,
          { label: "Curtain Up", icon: "video-alt2", instructions: __("Visitors see the form, the countdown or the room of this event.") },
          line(props, "event", __("Address of the event"), "https://events.example.com/e/launch"),
          line(props, "text", __("Words of the link, where the form cannot be shown")),
        ),
      ),
    // The server makes the HTML for every visitor anew.
    save: () => null,
  });
})(window.wp.blocks, window.wp.blockEditor, window.wp.components, window.wp.element, window.wp.i18n);
