export default JSON.parse(KB_WORDS_EN);
