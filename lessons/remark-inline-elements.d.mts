export default function remarkInlineElements(): (tree: object) => void
